import { isGuarded, nextExit } from '@yingdeng/rules/exit.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { putAnswer } from './exit.sql.ts';
import { type ExitResult, exitChanged, lawful, type OnExit, openExit, runOnce } from './open.ts';
import { moveRegistration, record, tell } from './record.ts';

/** What the worker says to a question or to a last-chance notice. */
interface GivenAnswer {
  readonly exitId: string;
  readonly agrees: boolean;
  readonly text: string;
  readonly key: string;
  readonly now: Date;
}

/**
 * The worker answers (domain §5.11): who agrees lets the exit go on, with the own statement as evidence; who does not keeps the
 * registration. Any answer to a last-chance notice ends a guarded exit: whoever comes forward is neither out of reach nor
 * refusing (M79-4c). @throws AppError request.notFound, exit.changed
 */
export function answerExit(context: Context, actor: Actor, given: GivenAnswer): Promise<ExitResult> {
  const { exitId, agrees, key, now } = given;
  const text = given.text.trim();
  const on: OnExit = { id: exitId, key, now };
  const request = { route: 'answerExit', key, request: [exitId, agrees, text], now };
  return runOnce(context, actor, request, exitId, async (tx) => {
    const open = await openExit(tx, context, on, 'exit.propose');
    const { registration, exit, state, law } = open;
    const warned =
      exit.answer_due !== null &&
      isGuarded(exit.reason, law.policy) &&
      ['proposed', 'awaitingReview'].includes(exit.status);
    if (exit.status !== 'asked' && !warned) throw exitChanged(exit, open.last);
    const goesOn = agrees && !warned;
    const next = lawful(
      goesOn
        ? nextExit(state, 'recordAnswer', { answer: 'agrees' })
        : nextExit(state, 'reject', { reason: '本人已答复' }),
      open,
    );
    const statement = { kind: 'workerStatement', date: businessDate(now), text: text || '本人确认属实' };
    await tx.run(
      putAnswer,
      registration.tenant,
      exit.id,
      next.status,
      JSON.stringify({ agrees, text, at: now.toISOString() }),
      JSON.stringify(goesOn ? [...exit.evidence, statement] : exit.evidence),
    );
    const to = goesOn
      ? registration.status
      : await moveRegistration(tx, registration, 'rejectExit', { reason: '本人已答复' });
    const said = agrees ? '本人说属实' : '本人说不属实，登记继续有效';
    await record(tx, context, registration, exit, now, {
      action: 'answer',
      to,
      audited: 'exit.propose',
      detail: { agrees, text: warned ? '本人回应了最后一次告知，登记继续有效' : said },
    });
    await tell(tx, context, registration, exit, next.effects, now);
    const message = goesOn ? '已收到您的答复，工作人员会办理。' : '已收到您的答复，您的登记继续有效。';
    return { exit: exit.id, registration: registration.id, message };
  });
}
