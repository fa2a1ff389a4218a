import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer, Handlers } from '../../platform/http.ts';
import { readCaseOfRegistration } from '../casefile/index.ts';
import { confirmExit, rejectExit, reviewExit } from './decide.ts';
import type { ExitResult, OnExit } from './open.ts';
import { proposeExit } from './propose.ts';
import { restoreExit } from './restore.ts';

/** Commands of staff on exits; each answers with the case as it stands afterwards. */
export function exitHandlers(context: Context): Handlers {
  const decided = async (actor: Actor, done: ExitResult): Promise<Answer<'confirmExit'>> => ({
    case: await context.db.read(actor, (tx) => readCaseOfRegistration(context, tx, done.registration)),
    message: done.message,
  });
  const on = (call: { params: { id: string }; body: { version: number }; key: string; now: Date }): OnExit => ({
    id: call.params.id,
    version: call.body.version,
    key: call.key,
    now: call.now,
  });
  return {
    proposeExit: async ({ actor, params, body, key, now }) =>
      decided(actor, await proposeExit(context, actor, { registrationId: params.id, key, now }, body)),
    confirmExit: async (call) =>
      decided(call.actor, await confirmExit(context, call.actor, on(call), call.body.evidence)),
    reviewExit: async (call) => decided(call.actor, await reviewExit(context, call.actor, on(call), call.body)),
    rejectExit: async (call) =>
      decided(call.actor, await rejectExit(context, call.actor, on(call), call.body.reason.trim())),
    restoreExit: async (call) =>
      decided(call.actor, await restoreExit(context, call.actor, on(call), call.body.reason.trim())),
  };
}
