import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { templateSheet } from './columns.ts';
import { importServed } from './import.ts';
import { readServed, readServedFigures, readServedOf } from './read.ts';
import { endServed, recordServedContact } from './serve.ts';

export { linkServed } from './link.ts';
export { servedRound } from './round.ts';
export { firstOwed, monthOwed } from './served.sql.ts';

/** People of the three groups, served as registrants are (M79-1b, H122-3a). */
export function servedHandlers(context: Context): Handlers {
  return {
    importServed: ({ actor, query, now, request }) => {
      const { check, ...given } = query;
      return importServed(context, actor, { ...given, checkOnly: check === 'yes', body: request.body }, now);
    },
    getServedTemplate: ({ reply }) => {
      const name = encodeURIComponent('参照服务对象导入模板.xlsx');
      reply.header('content-disposition', `attachment; filename*=UTF-8''${name}`);
      return templateSheet();
    },
    getServed: ({ actor, query, now }) => readServed(context, actor, query, now),
    recordServedContact: async ({ actor, params, body, key, now }) => {
      const spoke = await recordServedContact(context, actor, { id: params.id, key, now }, body);
      return { message: spoke ? '已记录联系。' : '已记录，没有联系上的还要再联系。' };
    },
    endServed: async ({ actor, params, body, key, now }) => {
      await endServed(context, actor, { id: params.id, version: body.version, key, now }, body.reason);
      return { message: '已结束服务，记录保留。' };
    },
    getServedFigures: ({ actor, query, now }) => readServedFigures(context, actor, query.office, now),
    getServedOf: ({ actor, params }) => readServedOf(context, actor, params.id),
  };
}
