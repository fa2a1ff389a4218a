import type { ServiceKind } from '@yingdeng/rules/service.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { computedFor, setClass } from './class.ts';
import { agreePlan, closePlan, makePlan } from './plan.ts';
import { readMyService, readService } from './read.ts';
import { recordService } from './record.ts';
import { agreeMyPlan, finishMyStep, settleStep } from './step.ts';
import { readPlanSteps } from './worklist.ts';

export { classAnew, classifyInInterview } from './class.ts';
export { dueSteps, MOST_WITHOUT, withoutPlan } from './plan.sql.ts';
export { writeService } from './record.ts';
export { difficultyInForce, myRegistration, type SubjectRow as ServiceSubject } from './service.sql.ts';
export { allowed, lawful, openSubject, readSubject, record } from './subject.ts';
export { tellSubject } from './tell.ts';

/** Service after registration: class, plan, services, and the worker's side of the plan. */
export function serviceHandlers(context: Context): Handlers {
  const told = async (actor: Actor, id: string, message: string) => ({
    service: await readService(context, actor, id),
    message,
  });
  /** A blocked text is told to supervision in a transaction of its own. */
  const reporting = async <T>(actor: Actor, on: { id: string; now: Date }, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      await reportToSupervision(context, actor, on, 'registration', error);
      throw error;
    }
  };
  return {
    getService: ({ actor, params }) => readService(context, actor, params.id),
    computeClass: async ({ actor, params, body }) => {
      const { computed, difficulty } = await computedFor(context, actor, params.id, body.profile);
      if (!computed) return { difficulty };
      const { points, citations, ...rest } = computed;
      return { computed: { ...rest, points: [...points], citations: [...citations] }, difficulty };
    },
    setClass: async ({ actor, params, body, key, now }) => {
      const on = { registrationId: params.id, key, now };
      await reporting(actor, { id: params.id, now }, setClass(context, actor, on, body));
      return told(actor, params.id, '已确定服务类别。');
    },
    recordService: async ({ actor, params, body, key, now }) => {
      const given = { ...body, kind: body.kind as ServiceKind };
      const on = { registrationId: params.id, key, now };
      await reporting(actor, { id: params.id, now }, recordService(context, actor, on, given));
      return told(actor, params.id, '已记录服务。');
    },
    makePlan: async ({ actor, params, body, key, now }) => {
      const given = { ...body, steps: body.steps.map((step) => ({ ...step, service: step.service as ServiceKind })) };
      const on = { registrationId: params.id, key, now };
      await reporting(actor, { id: params.id, now }, makePlan(context, actor, on, given));
      return told(actor, params.id, '计划已制定，请本人确认。');
    },
    agreePlan: async ({ actor, params, body, key, now }) => {
      const on = { planId: params.id, version: body.version, key, now };
      const { registration } = await agreePlan(context, actor, on, body.how);
      return told(actor, registration, '已记录本人确认。');
    },
    closePlan: async ({ actor, params, body, key, now }) => {
      const on = { planId: params.id, version: body.version, key, now };
      const { registration } = await reporting(
        actor,
        { id: params.id, now },
        closePlan(context, actor, on, body.reason),
      );
      return told(actor, registration, '计划已结束。');
    },
    settleStep: async ({ actor, params, body, key, now }) => {
      const on = { planId: params.id, stepId: params.stepId, key, now };
      const { registration } = await reporting(actor, { id: params.id, now }, settleStep(context, actor, on, body));
      return told(actor, registration, body.action === 'finish' ? '这一步已完成。' : '这一步不再进行。');
    },
    getPlanSteps: ({ actor, query, now }) => readPlanSteps(context, actor, query, now),
    getMyService: ({ actor }) => readMyService(context, actor),
    agreeMyPlan: async ({ actor, params, body, key, now }) => {
      await agreeMyPlan(context, actor, { planId: params.id, version: body.version, key, now });
      return { message: '已确认，接下来按计划办。' };
    },
    finishMyStep: async ({ actor, params, body, key, now }) => {
      await finishMyStep(context, actor, { planId: params.id, stepId: params.stepId, key, now }, body.text);
      return { message: '记下了，辛苦了。' };
    },
  };
}
