import { actionNames } from '@yingdeng/rules/access.ts';
import { deliveryText } from '@yingdeng/rules/messages/delivery.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import type { Handlers } from '../../platform/http.ts';
import { nextTimeCursor, readTimeCursor } from '../../platform/keyset.ts';
import { withdrawApplication } from '../application/index.ts';
import { answerExit, reportExit } from '../exit/index.ts';
import { myCase, myCases } from './cases.ts';
import { findDraft, myLooks, myMessages, putDraft } from './worker.sql.ts';

/** The worker's own pages. */
export function workerHandlers(context: Context): Handlers {
  const caseFor = async (actor: Actor, now: Date, applicationId: string | undefined) => {
    const found = applicationId && (await myCase(context, actor, now, applicationId));
    if (!found) throw new AppError('request.notFound');
    return found;
  };
  return {
    getDraft: async ({ actor }) => {
      const row = await context.db.read(actor, (tx) => tx.first(findDraft, actor.person));
      if (!row) return { version: 0 };
      return {
        version: row.version,
        form: context.crypto.open<Record<string, unknown>>(row.sealed),
        savedAt: row.updated_at.toISOString(),
      };
    },
    saveDraft: async ({ actor, body, now }) => {
      const row = await context.db.transaction(actor, (tx) =>
        tx.first(putDraft, actor.person, context.crypto.seal(body.form), now),
      );
      return { version: row?.version ?? 1, savedAt: now.toISOString() };
    },
    getMyCases: async ({ actor, now }) => ({ cases: await myCases(context, actor, now) }),
    withdrawApplication: async ({ actor, params, body, key, now }) => {
      await withdrawApplication(context, actor, { id: params.id, key, now }, body.reason);
      return caseFor(actor, now, params.id);
    },
    reportExit: async ({ actor, params, body, key, now }) => {
      await reportExit(context, actor, { registrationId: params.id, ...body, key, now });
      const all = await myCases(context, actor, now);
      return caseFor(actor, now, all.find((one) => one.registrationId === params.id)?.applicationId);
    },
    answerExit: async ({ actor, params, body, key, now }) => {
      const before = await myCases(context, actor, now);
      await answerExit(context, actor, { exitId: params.id, ...body, key, now });
      return caseFor(
        actor,
        now,
        before.find((one) => one.exitQuestion?.exitId === params.id)?.applicationId ?? before[0]?.applicationId,
      );
    },
    getMyMessages: async ({ actor, query }) => {
      const { at, id } = readTimeCursor(query.after);
      const rows = await context.db.read(actor, (tx) => tx.rows(myMessages, actor.person, at, id, query.limit));
      return {
        messages: rows.map((row) => ({
          id: row.id,
          at: row.created_at.toISOString(),
          body: row.body,
          state: row.state,
          stateText: deliveryText(row),
          failed: row.state === 'failed',
        })),
        next: nextTimeCursor(
          rows.map((row) => ({ at: row.created_at, id: row.id })),
          query.limit,
        ),
      };
    },
    getMyLooks: async ({ actor, query }) => {
      const { at, id } = readTimeCursor(query.after);
      const rows = await context.db.read(actor, (tx) => tx.rows(myLooks, actor.person, at, id, query.limit));
      return {
        looks: rows.map((row) => ({
          at: row.at.toISOString(),
          who: row.actor_name,
          office: context.reference.officeName(row.actor_office ?? row.office),
          what: row.action === 'reveal' ? actionNames['person.reveal'] : actionNames['application.read'],
          why: row.reason || '办理业务',
        })),
        next: nextTimeCursor(rows, query.limit),
      };
    },
  };
}
