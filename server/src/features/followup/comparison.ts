import { checkComparison, type GivenComparison } from '@yingdeng/rules/comparison.ts';
import { lastDayOf, monthOf } from '@yingdeng/rules/contact.ts';
import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import { sources } from '@yingdeng/rules/verification.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantIdFrom } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { ListRange } from '../worklist/index.ts';
import { byNumbers, type ComparedRow, comparedPage, putCompared } from './comparison.sql.ts';

/** Registrations written in one statement. */
const PAGE = 500;
const START = { on: '-infinity', id: '00000000-0000-0000-0000-000000000000' } as const;

/** What a recorded comparison did. */
export interface Compared {
  readonly month: string;
  /** Registrations whose month it covers now. */
  readonly covered: number;
  /** More wait: the same call goes on from there. */
  readonly left: boolean;
}

/**
 * Records that a comparison found no change for everybody of a range who is still owed a contact by the end of the data's month (A21-5b), except the
 * registrations it found something about: those are contacted by a person. A page is one transaction and one statement; what is interrupted or
 * repeated goes on where it stopped and writes nothing twice. `most` bounds one call.
 * @throws AppError contact.incomplete for a source or day that is no follow-up, or a number that nobody here has
 */
export async function recordComparison(
  context: Context,
  actor: Actor,
  range: ListRange,
  given: GivenComparison & { readonly except: readonly string[] },
  most = Number.POSITIVE_INFINITY,
): Promise<Compared> {
  const now = context.clock.now();
  const fault = checkComparison(given, businessDate(now));
  if (fault) throw new AppError('contact.incomplete', { why: fault.message }, { clause: 'A21-5b' });
  const except = await idsOf(context, actor, range, given.except);
  const month = monthOf(given.asOf);
  let covered = 0;
  for (const division of range.divisions) {
    let after: { on: string; id: string } = START;
    for (;;) {
      if (covered >= most) return { month, covered, left: true };
      const page = await recordPage(context, actor, { ...range, division, after, except, now }, given);
      covered += page.covered;
      if (!page.last) break;
      after = { on: page.last.next_contact_on, id: page.last.id };
    }
  }
  return { month, covered, left: false };
}

async function idsOf(
  context: Context,
  actor: Actor,
  range: ListRange,
  numbers: readonly string[],
): Promise<readonly string[]> {
  if (numbers.length === 0) return [];
  const tenants = [...new Set(range.divisions.map((division) => division.slice(0, 4)))];
  const found = await context.db.read(actor, (tx) => tx.rows(byNumbers, tenants, numbers));
  const unknown = numbers.find((number) => !found.some((row) => row.number === number));
  // A slip of the pen must not cover the month of somebody who has found work.
  if (unknown !== undefined)
    throw new AppError('contact.incomplete', { why: `有变化的登记编号：辖区内没有“${unknown}”，请核对。` });
  return found.map((row) => row.id);
}

interface Page {
  readonly division: string;
  readonly lo: string;
  readonly hi: string;
  readonly after: { on: string; id: string };
  readonly except: readonly string[];
  readonly now: Date;
}

async function recordPage(
  context: Context,
  actor: Actor,
  page: Page,
  given: GivenComparison,
): Promise<{ covered: number; last: ComparedRow | undefined }> {
  const { division, lo, hi, after, except, now } = page;
  const tenant = division.slice(0, 4);
  const month = monthOf(given.asOf);
  // Data of an earlier day was true at noon of that day, not now.
  const at = given.asOf < businessDate(now) ? new Date(`${given.asOf}T12:00:00+08:00`) : now;
  return context.db.transaction(actor, async (tx) => {
    const dueBy = lastDayOf(month);
    const rows = await tx.rows(
      comparedPage,
      tenant,
      division,
      lo,
      hi,
      dueBy,
      given.asOf,
      except,
      after.on,
      after.id,
      PAGE,
    );
    if (rows.length === 0) return { covered: 0, last: undefined };
    const policy = context.reference.policy(division, businessDate(now));
    const written = await tx.rows(
      putCompared,
      tenant,
      rows.map(({ id }) => id),
      rows.map(({ id }) => tenantIdFrom(tenant, `comparison:${given.source}:${given.asOf}:${id}`)),
      rows.map((row) =>
        nextContactOn(
          {
            registeredOn: row.registered_on,
            lastContactOn: businessDate(row.last_at && row.last_at > at ? row.last_at : at),
            class: row.class,
          },
          policy,
        ),
      ),
      at,
      month,
      actor.kind === 'staff' ? actor.id : null,
      actor.name,
      `与${sources[given.source]}（${given.asOf}）比对，没有变化`,
    );
    if (written.length > 0)
      await audit(tx, context.crypto, now, {
        tenant,
        office: division,
        action: 'contact.record',
        subjectKind: 'division',
        subjectId: division,
        detail: { comparison: given.source, asOf: given.asOf, covered: written.length },
      });
    return { covered: written.length, last: rows.length < PAGE ? undefined : rows.at(-1) };
  });
}
