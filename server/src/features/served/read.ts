import { contactMeans, contactResults, monthOf } from '@yingdeng/rules/contact.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { countedBesides, servedGroupNames, servedGroups } from '@yingdeng/rules/served.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { maskTelephone } from '../../platform/words.ts';
import { readSubject } from '../service/index.ts';
import { listRange } from '../worklist/index.ts';
import {
  combinations,
  contactsOf,
  firstOwed,
  groupsOf,
  imports,
  monthOwed,
  registrants,
  type ServedRow,
} from './served.sql.ts';

type Page = Answer<'getServed'>;
type Contacts = Awaited<ReturnType<typeof readContacts>>;

/** First contacts owed by their day, or who has not been seen this month; who registered is not among them (M79-1b). */
export async function readServed(
  context: Context,
  actor: Actor,
  query: { after?: string | undefined; limit: number; office?: string | undefined; stage: 'first' | 'month' },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'served.read');
  const first = query.stage === 'first';
  const after = keyOf(query.after, first ? '-infinity' : '0000-00');
  const page = [divisions, lo, hi, after.value, after.id, query.limit + 1] as const;
  const rows = await context.db.read(actor, (tx) =>
    first ? tx.rows(firstOwed, ...page) : tx.rows(monthOwed, ...page, monthOf(today)),
  );
  const items = rows.slice(0, query.limit);
  const contacts = await readContacts(context, actor, items);
  const last = items.at(-1);
  const value = first ? last?.first_contact_due : last?.last_contact_month;
  return {
    items: items.map((row) => itemOf(context, row, contacts, today)),
    ...(rows.length > items.length && last && value ? { next: `${value}|${last.id}` } : {}),
  };
}

/** A place in a list: a day or a month, and an id; anything else is the beginning. */
function keyOf(cursor: string | undefined, beginning: string): { value: string; id: string } {
  const [value = '', id = ''] = (cursor ?? '').split('|');
  const good = /^\d{4}-\d{2}(-\d{2})?$/.test(value) && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(id);
  return good ? { value, id } : { value: beginning, id: '00000000-0000-0000-0000-000000000000' };
}

function readContacts(context: Context, actor: Actor, rows: readonly ServedRow[]) {
  const [tenants, ids] = [rows.map(({ tenant }) => tenant), rows.map(({ id }) => id)];
  return context.db.read(actor, (tx) => tx.rows(contactsOf, tenants, ids));
}

function itemOf(context: Context, row: ServedRow, contacts: Contacts, today: string): Page['items'][number] {
  const { idNumber } = context.crypto.open<{ idNumber: string }>(row.identity_sealed);
  const { mobile } = context.crypto.open<{ mobile?: string }>(row.contact_sealed);
  const due = row.first_contact_at ? undefined : (row.first_contact_due ?? undefined);
  return {
    id: row.id,
    name: row.name,
    idMasked: maskIdentityNumber(idNumber),
    mobileMasked: mobile ? maskTelephone(mobile) : '没有电话',
    group: row.group_name,
    groupText: servedGroups[row.group_name].text,
    source: row.source,
    officeName: context.reference.officeName(row.office),
    programme: {
      ...(row.programme_from ? { from: row.programme_from } : {}),
      ...(row.programme_to ? { to: row.programme_to } : {}),
    },
    note: row.note,
    arrivedOn: row.arrived_on,
    ...(due ? { dueOn: due } : {}),
    state: due ? dueState(due, today, context.reference.calendar) : 'met',
    ...(row.last_contact_month ? { lastMonth: row.last_contact_month } : {}),
    contacts: contacts
      .filter((one) => one.served_id === row.id)
      .map((one) => ({
        at: one.at.toISOString(),
        text: `${contactMeans[one.means as keyof typeof contactMeans]}，${contactResults[one.result as keyof typeof contactResults]}`,
        by: one.officer_name,
        note: one.note,
      })),
    version: row.version,
  };
}

/** By group, and the registrants of the range with and without the groups that are counted besides (H122-3a, domain R091). */
export async function readServedFigures(
  context: Context,
  actor: Actor,
  office: string | undefined,
  now: Date,
): Promise<Answer<'getServedFigures'>> {
  const { divisions, lo, hi } = listRange(actor, office, 'served.read');
  const policy = context.reference.policy((office ?? actor.office).slice(0, 6).padEnd(6, '0'), businessDate(now));
  const [rows, registered, files] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(combinations, lo, hi),
      tx.first(registrants, divisions, lo, hi),
      tx.rows(imports, tenantsOf(actor.office), lo, hi),
    ]),
  );
  const sum = (of: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(of).reduce((total, { count }) => total + count, 0);
  const isCounted = (group: string) => policy.groupsInStatistics?.value.includes(group as never) ?? false;
  /** Who stands on several counted lists is counted with the first of them. */
  const firstCounted = (groups: readonly string[]) =>
    servedGroupNames.find((one) => isCounted(one) && groups.includes(one));
  const groups = servedGroupNames.map((group) => {
    const of = (row: (typeof rows)[number]) => row.groups.includes(group);
    return {
      group,
      groupText: servedGroups[group].text,
      listed: sum(of),
      registered: sum((row) => of(row) && row.registered),
      ended: sum((row) => of(row) && row.ended && !row.registered),
      served: sum((row) => of(row) && !row.registered && !row.ended),
      counted: sum((row) => !row.registered && !row.ended && firstCounted(row.groups) === group),
      isServed: policy.groupsServed?.value.includes(group) ?? false,
      isCounted: isCounted(group),
    };
  });
  const besides = rows.reduce((total, row, index) => {
    const one = row.groups.map((group) => ({
      person: String(index),
      group,
      registered: row.registered,
      ended: row.ended,
    }));
    return total + countedBesides(one, policy) * row.count;
  }, 0);
  const citation = policy.groupsInStatistics?.citation ?? policy.groupsServed?.citation;
  const registrantCount = registered?.count ?? 0;
  return {
    groups,
    registrants: registrantCount,
    withGroups: registrantCount + besides,
    ...(citation
      ? { citation: { document: citation.document, clause: citation.clause, clauseId: citation.clauseId } }
      : {}),
    imports: files.map((file) => ({
      id: file.id,
      rows: file.rows,
      fresh: file.fresh,
      changed: file.changed,
      same: file.same,
      faulty: file.faulty,
      registered: file.registered,
      at: file.at.toISOString(),
      who: file.account_name,
      groupText: servedGroups[file.group_name].text,
      source: file.source,
      fileName: file.file_name,
    })),
  };
}

/** Groups a registrant stands on. @throws AppError request.notFound */
export function readServedOf(context: Context, actor: Actor, registrationId: string): Promise<Answer<'getServedOf'>> {
  return context.db.read(actor, async (tx) => {
    const row = await readSubject(tx, registrationId);
    const groups = await tx.rows(groupsOf, tenantOfId(registrationId), row.id);
    return {
      groups: groups.map((one) => ({
        groupText: servedGroups[one.group_name].text,
        source: one.source,
        arrivedOn: one.arrived_on,
        ...(one.programme_to ? { to: one.programme_to } : {}),
      })),
    };
  });
}
