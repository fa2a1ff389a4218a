import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { difficultyStateText } from '@yingdeng/rules/difficulty.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { dueState } from '../../platform/due.ts';
import type { Answer } from '../../platform/http.ts';
import { myRegistration, readSubject } from '../service/index.ts';
import { cursorOf, keyOf, listRange } from '../worklist/index.ts';
import { judged } from './commands.ts';
import { type DifficultyRow, difficultiesOf, type OwedRow, owedChecks, owedDecisions } from './difficulty.sql.ts';

type File = Answer<'getDifficulty'>;
type Page = Answer<'getDifficultyWorklist'>;

/** How early a check that is due shows in the list. */
const SHOWN_DAYS_BEFORE = 30;

/** What stands of a registrant's recognition, and what the province's table says of the person today. @throws AppError request.notFound */
export function readDifficulty(context: Context, actor: Actor, registrationId: string, now: Date): Promise<File> {
  return context.db.read(actor, async (tx) => {
    const row = await readSubject(tx, registrationId);
    const all = await tx.rows(difficultiesOf, row.person_id, row.tenant);
    const citation = context.reference.policy(row.division, businessDate(now)).difficultyCategories?.citation;
    const current = all.find((one) => one.registration_id === row.id && isOpen(one));
    return {
      registrationId,
      categories: judged(context, row, now),
      ...(citation ? { citation } : {}),
      ...(current ? { current: shown(current) } : {}),
      earlier: all.filter((one) => one !== current).map(shown),
      open: row.status !== 'exited',
    };
  });
}

const isOpen = ({ state }: DifficultyRow) => state === 'applied' || state === 'recognised';

function shown(row: DifficultyRow): NonNullable<File['current']> {
  return {
    id: row.id,
    state: row.state,
    stateText: difficultyStateText[row.state],
    category: row.category,
    appliedAt: row.applied_at.toISOString(),
    ...(row.due_on ? { dueOn: row.due_on } : {}),
    ...(row.decided_at ? { decidedAt: row.decided_at.toISOString() } : {}),
    ...(row.decided_by_name ? { decidedBy: row.decided_by_name } : {}),
    text: row.decision_text,
    ...(row.valid_from ? { validFrom: row.valid_from } : {}),
    ...(row.valid_to ? { validTo: row.valid_to } : {}),
    ...(row.withdrawn_on ? { withdrawnOn: row.withdrawn_on } : {}),
    ...(row.withdrawn_reason ? { withdrawnReason: row.withdrawn_reason } : {}),
    version: row.version,
  };
}

/** Applications to decide, or recognitions whose time ends within a month, earliest first. */
export async function readDifficultyWorklist(
  context: Context,
  actor: Actor,
  query: { after?: string | undefined; limit: number; office?: string | undefined; stage: 'decide' | 'recheck' },
  now: Date,
): Promise<Page> {
  const today = businessDate(now);
  const { divisions, lo, hi } = listRange(actor, query.office, 'service.read');
  const after = keyOf(query.after);
  const page = [divisions, lo, hi, after.value, after.id, query.limit + 1] as const;
  const rows = await context.db.read(actor, (tx) =>
    query.stage === 'decide' ? tx.rows(owedDecisions, ...page) : tx.rows(owedChecks, ...page, daysLater(today)),
  );
  const items = rows.slice(0, query.limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => itemOf(context, row, today)),
    ...(rows.length > items.length && last ? { next: cursorOf({ value: last.due, id: last.id }) } : {}),
  };
}

const daysLater = (today: PlainDate) =>
  new Date(Date.parse(`${today}T00:00:00Z`) + SHOWN_DAYS_BEFORE * 86_400_000).toISOString().slice(0, 10);

function itemOf(context: Context, row: OwedRow, today: PlainDate): Page['items'][number] {
  const { idNumber } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  return {
    id: row.id,
    applicationId: row.application_id,
    name: row.name,
    idMasked: maskIdentityNumber(idNumber ?? ''),
    officeName: context.reference.officeName(row.office),
    category: row.category,
    appliedAt: row.applied_at.toISOString(),
    dueOn: row.due,
    state: dueState(row.due, today, context.reference.calendar),
  };
}

/** The worker's own recognition, and by which categories one may apply. */
export async function readMyDifficulty(context: Context, actor: Actor, now: Date): Promise<Answer<'getMyDifficulty'>> {
  const mine = await context.db.read(actor, (tx) => tx.first(myRegistration, actor.person));
  if (!mine) return { categories: [], mayApply: false };
  const { categories, current } = await readDifficulty(context, actor, mine.id, now);
  return {
    registrationId: mine.id,
    categories,
    ...(current ? { current } : {}),
    mayApply: !current && categories.some(({ fits }) => fits !== 'no'),
  };
}
