import { divisionName } from '@yingdeng/contract/divisions.ts';
import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type Mend, type RecordState, wordsOf } from '@yingdeng/rules/exchange/differences.ts';
import { recordStateText } from '@yingdeng/rules/exchange/states.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { businessDate } from '../../../platform/clock.ts';
import type { Answer } from '../../../platform/http.ts';
import { dayAndTime } from '../../../platform/words.ts';
import { RECONCILED_DAYS } from '../days.ts';
import { tenantsOf } from '../places.ts';
import { findPlatform } from '../platform-client.ts';
import { countDifferences, type DifferenceRow, differencePage, reconciledDays } from './list.sql.ts';

type Difference = Answer<'mendDifference'>['difference'];
type State = Difference['state'];

const actTexts: Readonly<Record<Mend, string>> = {
  send: '重新上传',
  askReceipt: '查回执',
  takeSent: '按已上报的内容改回',
  tell: '告知平台运行方',
};

/** The ten days that the page shows, today included. */
function window(context: Context): { from: PlainDate; to: PlainDate } {
  const to = businessDate(context.clock.now());
  return { from: addDays(to, 1 - RECONCILED_DAYS), to };
}

/** Differences person by person, newest day first, within what the actor may see; of one day or of the ten. */
export async function readDifferences(
  context: Context,
  actor: Actor,
  query: { on?: PlainDate; state: State; after?: string; limit: number },
): Promise<Answer<'getDifferences'>> {
  const tenants = tenantsOf(context, actor);
  // What is open or told may be older than the ten days; what is solved is shown for them only.
  const first = query.state === 'solved' ? window(context).from : '2020-01-01';
  const { from, to } = query.on ? { from: query.on, to: query.on } : { from: first, to: '9999-12-31' };
  const [date, id] = readCursor(query.after);
  const [rows, counts] = await context.db.read(actor, (tx) =>
    Promise.all([
      tx.rows(differencePage, tenants, query.state, from, to, date, id, query.limit),
      tx.rows(countDifferences, tenants, query.on ?? '2020-01-01', to),
    ]),
  );
  const last = rows.length >= query.limit ? rows.at(-1) : undefined;
  const solvedFrom = window(context).from;
  const count = (state: State) =>
    counts
      .filter((row) => row.state === state && (state !== 'solved' || query.on || row.date >= solvedFrom))
      .reduce((sum, row) => sum + row.count, 0);
  return {
    items: rows.map((row) => differenceOf(context, row)),
    next: last && Buffer.from(`${last.business_date}|${last.id}`).toString('base64url'),
    counts: { open: count('open'), told: count('told'), solved: count('solved') },
  };
}

/** A difference as a list shows it: what happened, what to do, who did it. */
export function differenceOf(context: Context, row: DifferenceRow): Difference {
  const { detail } = row;
  const words = wordsOf(row.kind, { sentIsTheirs: detail.sentIsTheirs === true });
  return {
    id: row.id,
    date: row.business_date,
    division: row.division,
    divisionName: divisionName(row.division),
    officeName: context.reference.officeName(row.office),
    kind: row.kind,
    title: words.title,
    happened: words.happened,
    proposal: words.proposal,
    mend: words.mend,
    serial: row.serial,
    name: row.name ?? '',
    ...(row.exit_id ? { exitId: row.exit_id } : {}),
    ...(row.application_id ? { applicationId: row.application_id } : {}),
    ...(typeof detail.batch === 'string' ? { batchId: detail.batch } : {}),
    facts: factsOf(detail),
    state: row.state,
    foundAt: row.found_at.toISOString(),
    ...(row.acted_at && row.act
      ? {
          act: {
            at: row.acted_at.toISOString(),
            who: row.acted_by_name ?? '',
            text: actTexts[row.act as Mend] ?? row.act,
            note: row.note,
          },
        }
      : {}),
    ...(row.solved_at ? { solvedAt: row.solved_at.toISOString() } : {}),
  };
}

function factsOf(detail: DifferenceRow['detail']): Difference['facts'] {
  const facts: Difference['facts'] = [];
  const tell = (name: string, value: unknown) => {
    if (typeof value === 'string' || typeof value === 'number') facts.push({ name, value: String(value) });
  };
  tell('本地状态', recordStateText[detail.state as RecordState]);
  tell('本地摘要', detail.ours);
  tell('平台摘要', detail.theirs);
  tell('本地业务日期', detail.otherDay);
  tell('平台逐条', typeof detail.listed === 'number' ? `${detail.listed}条` : undefined);
  tell('平台统计', typeof detail.counted === 'number' ? `${detail.counted}条` : undefined);
  if (detail.unreported === true) facts.push({ name: '平台上报', value: '当天没有' });
  tell('起自', typeof detail.since === 'string' ? dayAndTime(new Date(detail.since)) : undefined);
  return facts;
}

export type ComparedDay = Answer<'getReconciliation'>['days'][number];

/** The last comparison of the ten days, newest first; days never compared are left out. */
export async function readReconciliation(context: Context, actor: Actor): Promise<Answer<'getReconciliation'>> {
  const { from, to } = window(context);
  return { days: await comparedDays(context, actor, from, to) };
}

/** How some days last compared with the platform, newest first, over the counties the actor sees. */
export async function comparedDays(
  context: Context,
  actor: Actor,
  from: PlainDate,
  to: PlainDate,
): Promise<ComparedDay[]> {
  const tenants = tenantsOf(context, actor);
  const [days, counts] = await context.db.read(actor, (tx) =>
    Promise.all([tx.rows(reconciledDays, tenants, from, to), tx.rows(countDifferences, tenants, from, to)]),
  );
  const count = (date: string, state: State) =>
    counts.find((row) => row.date === date && row.state === state)?.count ?? 0;
  // Nobody was silent where nobody can be asked.
  const unanswered = findPlatform(context) ? 'notAnswered' : 'ownOnly';
  return days
    .sort((a, b) => (a.date < b.date ? 1 : -1))
    .map((day) => {
      const [open, told] = [count(day.date, 'open'), count(day.date, 'told')];
      return {
        date: day.date,
        at: day.at.toISOString(),
        exits: Number(day.exits),
        accepted: Number(day.accepted),
        ...(day.silent === 0 && day.platform !== null ? { platform: Number(day.platform) } : {}),
        outcome: day.differing > 0 ? 'differs' : day.silent > 0 ? unanswered : 'equal',
        open,
        told,
        more: Math.max(0, Number(day.found) - open - told),
      };
    });
}

function readCursor(text: string | undefined): [date: string, id: string] {
  const [date, id] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split('|');
  if (date && /^\d{4}-\d{2}-\d{2}$/.test(date) && id && /^[0-9a-f-]{36}$/.test(id)) return [date, id];
  return ['9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
}
