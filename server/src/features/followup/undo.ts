import { can, whyNot } from '@yingdeng/rules/access.ts';
import { checkWithdrawal } from '@yingdeng/rules/comparison.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import {
  type ComparisonRow,
  endUndoing,
  findRun,
  namedPage,
  putRhythm,
  type RhythmRow,
  rhythmOf,
  withdrawRun,
} from './comparison.sql.ts';

/** Registrations computed anew in one transaction. */
const PAGE = 500;
const START = '00000000-0000-0000-0000-000000000000';

/**
 * Withdraws a run of comparison that was recorded in error: it counts for nobody from this instant on, nothing of it is deleted, and month and due date
 * of everybody it covered follow from what else there is. `most` bounds what is computed at once; the job does the rest. A second call changes nothing.
 * @throws AppError request.notFound, access.denied, contact.incomplete
 */
export async function withdrawComparison(
  context: Context,
  actor: Actor,
  id: string,
  reason: string,
  most: number,
): Promise<{ left: boolean }> {
  const refusal = checkWithdrawal(reason);
  if (refusal) throw new AppError('contact.incomplete', { why: refusal.message });
  const now = context.clock.now();
  const tenant = tenantOfId(id);
  const run = await context.db.transaction(actor, async (tx) => {
    const row = await tx.first(findRun, tenant, id);
    if (!row) throw new AppError('request.notFound');
    const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
    if (!can(actor.role, 'contact.record', scope) || row.office_end > actor.hi)
      throw new AppError('access.denied', {
        why: whyNot(actor.role, 'contact.record', scope) ?? '这次比对是上级机构记录的，请上级撤销。',
      });
    const by = actor.kind === 'staff' ? actor.id : null;
    if ((await tx.run(withdrawRun, tenant, id, now, by, actor.name, reason.trim())) === 0) return row;
    await audit(tx, context.crypto, now, {
      tenant,
      office: row.office,
      action: 'contact.withdraw',
      subjectKind: 'comparison',
      subjectId: id,
      detail: { comparison: row.source, asOf: row.as_of, covered: row.covered, reason: reason.trim() },
    });
    return row;
  });
  return { left: run.undone_at ? false : await undoRun(context, actor, run, most) };
}

/** Computes month and due date of whom a withdrawn run covered, from the beginning; what is repeated gives the same. Answers whether some are left. */
export async function undoRun(
  context: Context,
  actor: Actor,
  { tenant, id }: Pick<ComparisonRow, 'tenant' | 'id'>,
  most: number,
  signal?: AbortSignal,
): Promise<boolean> {
  let after = START;
  for (let done = 0; done < most; ) {
    if (signal?.aborted) return true;
    const from = after;
    const page = await context.db.transaction(actor, async (tx) => {
      const rows = await tx.rows(namedPage, tenant, id, from, PAGE);
      await computeRhythm(
        context,
        tx,
        tenant,
        rows.map((row) => row.id),
      );
      if (rows.length < PAGE) await tx.run(endUndoing, tenant, id, context.clock.now());
      return rows;
    });
    if (page.length < PAGE) return false;
    done += page.length;
    after = page.at(-1)!.id;
  }
  return true;
}

/** Month and next contact of registrations from what their record holds now. */
export async function computeRhythm(context: Context, tx: Tx, tenant: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const today = businessDate(context.clock.now());
  const rows = await tx.rows(rhythmOf, tenant, ids);
  await tx.run(
    putRhythm,
    tenant,
    rows.map((row) => row.id),
    rows.map((row) => row.last_month),
    rows.map((row) => nextOf(row)),
  );

  function nextOf(row: RhythmRow) {
    return nextContactOn(
      {
        registeredOn: row.registered_on,
        lastContactOn: row.last_at ? businessDate(row.last_at) : undefined,
        class: row.class,
      },
      context.reference.policy(row.division, today),
    );
  }
}
