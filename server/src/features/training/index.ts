import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { actOnEnrolment, enrolPerson, wish } from './enrol.ts';
import { changeGivenProject, enterProject, readProjects } from './projects.ts';
import { readMyTraining, readTraining, readTrainingWorklist } from './read.ts';

/** Training projects and enrolment (A21-4d, A21-4e). */
export function trainingHandlers(context: Context): Handlers {
  const told = async (actor: Actor, id: string, now: Date, message: string) => ({
    training: await readTraining(context, actor, id, now),
    message,
  });
  const messages = {
    enrol: '已报名，本人会收到消息。',
    decline: '已答复，本人会收到消息。',
    finish: '已记结业，同时记入服务记录。',
    drop: '已记录；不影响登记。',
  } as const;
  return {
    getTrainingProjects: ({ actor, query, now }) => readProjects(context, actor, query, now),
    enterTrainingProject: async ({ actor, body, key, now }) => ({
      project: await enterProject(context, actor, { key, now }, body),
      message: '项目已录入。',
    }),
    changeTrainingProject: async ({ actor, params, body, key, now }) => {
      const on = { id: params.id, version: body.version, key, now };
      const project = await changeGivenProject(context, actor, on, body.project, body.closedReason);
      return { project, message: body.closedReason === undefined ? '项目已改。' : '项目已停止，已报名的人不受影响。' };
    },
    getTraining: ({ actor, params, now }) => readTraining(context, actor, params.id, now),
    enrolInTraining: async ({ actor, params, body, key, now }) => {
      await enrolPerson(context, actor, { registrationId: params.id, key, now }, body);
      return told(actor, params.id, now, messages.enrol);
    },
    actOnEnrolment: async ({ actor, params, body, key, now }) => {
      const { version, ...given } = body;
      const on = { id: params.id, version, key, now };
      try {
        const registration = await actOnEnrolment(context, actor, on, given);
        return await told(actor, registration, now, messages[body.action]);
      } catch (error) {
        await reportToSupervision(context, actor, on, 'registration', error);
        throw error;
      }
    },
    getTrainingWorklist: ({ actor, query, now }) => readTrainingWorklist(context, actor, query, now),
    getMyTraining: ({ actor, now }) => readMyTraining(context, actor, now),
    wishTraining: async ({ actor, params, key, now }) => {
      await wish(context, actor, { projectId: params.id, key, now });
      return { message: '记下了，工作人员会联系您。' };
    },
  };
}
