import { addWorkingDays } from '@yingdeng/rules/calendar.ts';
import {
  type ExitContext,
  type ExitProposal,
  exitReasonRules,
  isExitReason,
  isGuarded,
  nextExit,
  proposeExit as proposal,
} from '@yingdeng/rules/exit.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { longDate } from '../../platform/words.ts';
import type { ExitRow, RegistrationRow } from './exit.sql.ts';
import { type FirstStep, type GivenContent, newExit, storeExit } from './new-exit.ts';
import { type ExitResult, lawful, openRegistration, runOnce } from './open.ts';
import { exitContext, lastChanceSentOn, proposalOf } from './proposal.ts';

/** What staff or a comparison proposes. */
interface GivenExit extends GivenContent {
  readonly source: Exclude<ExitRow['source'], 'worker'>;
  /** The person is asked before anything else, as after a comparison: what the office knows came from somebody else. */
  readonly askFirst?: true;
}

/** Days a worker has to answer a comparison's question where no provision names any: those of a last-chance notice. */
const ANSWER_WORKING_DAYS = 5;

/**
 * Proposes an exit (A21-5d, M79-4b). A comparison's finding asks the worker first; a guarded reason sends the last-chance
 * notice (M79-4c). The registration stays valid meanwhile.
 * @throws AppError request.notFound, registration.changed, exit.incomplete, decision.forbiddenGround, law.silent
 */
export function proposeExit(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: GivenExit,
): Promise<ExitResult> {
  const request = { route: 'proposeExit', key: on.key, request: [on.registrationId, given], now: on.now };
  return runOnce(context, actor, request, on.registrationId, async (tx) => {
    const registration = await openRegistration(tx, on.registrationId, 'exit.propose');
    const exit = newExit(actor, registration, given, on.now);
    const law = exitContext(context, registration, exit, on.now);
    const said = proposalOf({ ...exit, proposed_by: actor.id }, law, registration, registration.reachedAt);
    lawful(proposal(said, law));
    const first = firstStep(said, law, registration, { now: on.now, ask: given.askFirst === true });
    await storeExit(tx, context, registration, exit, first, law, on.now);
    return { exit: exit.id, registration: registration.id, message: first.message };
  });
}

/** What follows a proposal at once: the last-chance notice, the question to the worker, or nothing. */
function firstStep(
  said: ExitProposal,
  law: ExitContext,
  registration: RegistrationRow,
  on: { now: Date; ask: boolean },
): FirstStep {
  const dead = registration.deceased_on !== null;
  if (isGuarded(said.reason, law.policy)) {
    const next = lawful(
      nextExit({ status: 'proposed' }, 'warn', {
        proposal: said,
        context: { ...law, today: lastChanceSentOn(on.now, law.policy) },
      }),
    );
    const until = next.effects.find((effect) => effect.kind === 'startLastChance')?.until ?? null;
    return {
      status: next.status,
      answer_due: until,
      effects: next.effects,
      message: `已发出最后一次告知，期限到${longDate(until ?? '')}。期满没有回应，再确认，并由第二人复核。`,
    };
  }
  const askable = isExitReason(said.reason) && !exitReasonRules[said.reason].cannotAsk && !dead;
  if ((said.source === 'comparison' || on.ask) && askable) {
    const next = lawful(nextExit({ status: 'proposed' }, 'ask', { proposal: said }));
    const days = law.policy.guardedExit?.value.lastChanceWorkingDays ?? ANSWER_WORKING_DAYS;
    const due = addWorkingDays(law.today, days, law.calendar);
    const message = `已先询问本人，请本人在${longDate(due)}前答复。答复前不能退出。`;
    return { status: next.status, answer_due: due, effects: next.effects, message };
  }
  return { status: 'proposed', answer_due: null, effects: [], message: '已提出退出，登记仍有效，确认后才退出。' };
}
