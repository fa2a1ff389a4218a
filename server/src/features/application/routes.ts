import { type ApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer, Handlers } from '../../platform/http.ts';
import { readCase } from '../casefile/index.ts';
import { formAgainAtCounter, myFormBefore } from './again.ts';
import { recordCheck } from './check.ts';
import { closeDuplicate, type OnApplication, refuseApplication, registerApplication } from './decide.ts';
import { handOverApplication } from './hand-over.ts';
import { checkFormAtCounter } from './known.ts';
import { receipt } from './receipt.ts';
import { submitApplication } from './submit.ts';

/** Commands on applications by staff and by workers. */
export function applicationHandlers(context: Context): Handlers {
  const fileOf = (actor: Actor, id: string) => context.db.read(actor, (tx) => readCase(context, tx, id));
  const decided = async (actor: Actor, id: string, message: string): Promise<Answer<'registerApplication'>> => ({
    case: await fileOf(actor, id),
    message,
  });
  const on = (call: { params: { id: string }; body: { version: number }; key: string; now: Date }): OnApplication => ({
    id: call.params.id,
    version: call.body.version,
    key: call.key,
    now: call.now,
  });

  return {
    submitApplication: async ({ actor, session, body, key, now }) => {
      ownForm(session?.profile, body.form);
      const input = {
        channel: 'portal',
        requestId: `worker:${actor.person}:${key}`,
        ...body,
        submittedAt: now,
      } as const;
      return receipt(context, await submitApplication(context, actor, input, now), now);
    },
    enterApplication: async ({ actor, body, key, now }) => {
      const place = normaliseForm(body.form).placeDivision;
      if (place && !(place >= actor.lo.slice(0, 6) && place < actor.hi)) {
        throw new AppError('access.denied', {
          why: '登记失业地不在您的辖区。请申请人选择本地，或网上办理，由当地机构受理。',
        });
      }
      const input = { channel: 'counter', requestId: `staff:${actor.id}:${key}`, ...body, submittedAt: now } as const;
      return receipt(context, await submitApplication(context, actor, input, now), now);
    },
    getMyFormBefore: ({ actor }) => myFormBefore(context, actor),
    fillFormAgain: ({ actor, params, now }) => formAgainAtCounter(context, actor, params.id, now),
    checkForm: ({ actor, body, now }) => checkFormAtCounter(context, actor, body.form, now),
    recordCheck: async ({ actor, params, body, key, now }) => {
      await recordCheck(context, actor, { id: params.id, key, now }, body);
      return fileOf(actor, params.id);
    },
    registerApplication: async (call) => {
      await registerApplication(context, call.actor, on(call), call.body.note);
      return decided(call.actor, call.params.id, '已登记，已通知本人。');
    },
    refuseApplication: async (call) => {
      await refuseApplication(context, call.actor, on(call), call.body);
      return decided(call.actor, call.params.id, '已作出不予登记决定，已把理由和异议办法告知本人。');
    },
    handOverApplication: async (call) => {
      const { office } = call.body;
      const { number } = await handOverApplication(context, call.actor, on(call), call.body);
      return {
        number,
        officeName: context.reference.officeName(office),
        message: '已转办，办结期限不变，已通知本人。',
      };
    },
    closeDuplicate: async (call) => {
      await closeDuplicate(context, call.actor, on(call), call.body.note);
      return decided(call.actor, call.params.id, '已按重复申请办结，原登记不受影响。');
    },
  };
}

/** A worker applies for himself or herself: the number and name are those established at sign-in. */
function ownForm(profile: { name: string; idNumber: string } | undefined, form: ApplicationForm): void {
  const given = normaliseForm(form);
  const fields = [
    ...(profile && given.idNumber !== profile.idNumber
      ? [{ field: 'idNumber', message: '社会保障号码：应与登录时认证的号码一致。' }]
      : []),
    ...(profile && given.name !== profile.name ? [{ field: 'name', message: '姓名：应与登录时认证的姓名一致。' }] : []),
  ];
  if (fields.length > 0) throw new AppError('form.faulty', { count: fields.length }, { fields, clause: 'A21-2a' });
}
