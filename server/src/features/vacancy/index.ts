import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { moveOnImport, readFaultSheet, readImport, readImports, receiveImport } from './import.ts';
import { templateSheet } from './import-sheet.ts';
import { type Matcher, readMatches, readMyJobs } from './matches.ts';
import { readVacancies, readVacancy } from './read.ts';
import { recordWish, refer } from './refer.ts';
import { settleReferral, tellResult } from './settle.ts';
import { VacancyIndex } from './vacancy-index.ts';
import { readReferralWorklist } from './worklist.ts';
import { changeVacancy, closeVacancy, enterVacancy } from './write.ts';

export { workOnImports } from './import.ts';
export { wishedOccupations } from './matches.ts';
export { proveRanking, rankAll } from './rank-all.ts';
export { referralPage } from './referral.sql.ts';

/** Vacancies, matching, referrals and the question how they went (A21-4d, M79-3b). */
export function vacancyHandlers(context: Context): Handlers {
  const matcher: Matcher = { context, index: new VacancyIndex() };
  return {
    getVacancies: ({ actor, query, now }) => readVacancies(context, actor, query, now),
    getVacancy: ({ actor, params, now }) => readVacancy(context, actor, params.id, now),
    enterVacancy: async ({ actor, body, key, now }) => {
      const id = await enterVacancy(context, actor, { key, now }, body);
      const vacancy = await readVacancy(context, actor, id, now);
      return { vacancy, message: `已录入，岗位编号${vacancy.number}。` };
    },
    changeVacancy: async ({ actor, params, body, key, now }) => {
      await changeVacancy(context, actor, { id: params.id, version: body.version, key, now }, body.fields);
      return {
        vacancy: await readVacancy(context, actor, params.id, now),
        message: '已保存，原来的内容保留在记录里。',
      };
    },
    closeVacancy: async ({ actor, params, body, key, now }) => {
      await closeVacancy(context, actor, { id: params.id, version: body.version, key, now }, body);
      const message = body.state === 'closed' ? '已关闭，不再推荐。' : '已重新开放。';
      return { vacancy: await readVacancy(context, actor, params.id, now), message };
    },
    uploadVacancies: ({ actor, query, now, request }) =>
      receiveImport(context, actor, { name: query.name, body: request.body, now }),
    getVacancyImports: ({ actor, query }) => readImports(context, actor, query),
    getVacancyImport: ({ actor, params, query }) => readImport(context, actor, { id: params.id, ...query }),
    keepVacancyImport: ({ actor, params, key, now }) =>
      moveOnImport(context, actor, { id: params.id, key, now }, 'keeping'),
    cancelVacancyImport: ({ actor, params, key, now }) =>
      moveOnImport(context, actor, { id: params.id, key, now }, 'cancelled'),
    getVacancyImportFaults: async ({ actor, params, reply }) => {
      const { sheet, fileName } = await readFaultSheet(context, actor, params.id);
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`);
      return sheet;
    },
    getVacancyTemplate: ({ reply }) => {
      reply.header('content-disposition', `attachment; filename*=UTF-8''${encodeURIComponent('岗位导入模板.xlsx')}`);
      return templateSheet();
    },
    getMatches: ({ actor, params, query, now }) => readMatches(matcher, actor, params.id, { now, limit: query.limit }),
    recordWish: async ({ actor, params, body, key, now }) => {
      await recordWish(matcher, actor, { registrationId: params.id, key, now }, body);
      return {
        matching: await readMatches(matcher, actor, params.id, { now, limit: 10 }),
        message: '求职意向已保存。',
      };
    },
    refer: async ({ actor, params, body, key, now }) => {
      await refer(matcher, actor, { registrationId: params.id, key, now }, body);
      const matching = await readMatches(matcher, actor, params.id, { now, limit: 10 });
      return { matching, message: '已推荐，到期会提醒回访结果。' };
    },
    settleReferral: ({ actor, params, body, key, now }) =>
      settleReferral(context, actor, { id: params.id, key, now }, body),
    getReferralWorklist: ({ actor, query, now }) => readReferralWorklist(context, actor, query, now),
    getMyJobs: ({ actor, now }) => readMyJobs(matcher, actor, now),
    recordMyWish: async ({ actor, params, body, key, now }) => {
      await recordWish(matcher, actor, { registrationId: params.id, key, now }, body);
      return { matching: await readMatches(matcher, actor, params.id, { now, limit: 10 }), message: '已保存。' };
    },
    tryVacancy: async ({ actor, params, body, key, now }) => {
      const given = { vacancyId: body.vacancyId, means: 'self' as const, consent: true, note: '' };
      await refer(matcher, actor, { registrationId: params.id, key, now }, given);
      return {
        matching: await readMatches(matcher, actor, params.id, { now, limit: 10 }),
        message: '已记下。可以直接打单位的电话；过几天工作人员会问您结果。',
      };
    },
    tellResult: ({ actor, params, body, key, now }) => tellResult(context, actor, { id: params.id, key, now }, body),
  };
}
