import { type Source, sources } from '@yingdeng/rules/verification.ts';
import type { Context } from '../context.ts';
import { systemActor } from './actor.ts';
import { businessDate } from './clock.ts';
import type { Database } from './database.ts';
import { markAnswered, markSilent, readLines } from './outside-line.sql.ts';

const names = {
  platform: '全国平台',
  benefit: '失业保险系统',
  civil: '民政部门',
  sms: '短信平台',
} as const;
/** A system outside that this one asks or tells something; each source of look-ups is one of its own. */
export type OutsideLine = keyof typeof names | `lookup:${Source}`;

const actor = systemActor('lines');
/** That a system answers is written down at most so often; after its silence at once. */
const WRITE_EVERY_MS = 60_000;
const written = new WeakMap<Database, Map<OutsideLine, number>>();

/** A system answered. Never fails: it is said beside the work, and must not undo it. */
export async function lineAnswered(context: Context, line: OutsideLine): Promise<void> {
  const now = context.clock.now();
  const at = writtenOf(context);
  if (now.getTime() - (at.get(line) ?? 0) < WRITE_EVERY_MS) return;
  at.set(line, now.getTime());
  await context.db.transaction(actor, (tx) => tx.run(markAnswered, line, '', now, null)).catch(logged(context, line));
}

/** A system gave no answer; since when is kept from the first time. Never fails. */
export async function lineSilent(context: Context, line: OutsideLine): Promise<void> {
  const now = context.clock.now();
  writtenOf(context).delete(line);
  await context.db.transaction(actor, (tx) => tx.run(markSilent, line, now, now)).catch(logged(context, line));
}

/** Does something that a system has to answer, and keeps whether it did. `silent`: which errors are silence, not an answer. */
export async function overLine<T>(
  context: Context,
  line: OutsideLine,
  work: () => Promise<T>,
  silent: (error: unknown) => boolean = () => true,
): Promise<T> {
  try {
    const answer = await work();
    await lineAnswered(context, line);
    return answer;
  } catch (error) {
    await (silent(error) ? lineSilent : lineAnswered)(context, line);
    throw error;
  }
}

/** A system that has been silent for longer than a place lets pass unnoticed. */
export interface SilentLine {
  readonly line: OutsideLine;
  readonly name: string;
  readonly since: Date;
}

/** Systems that have been silent for a while, as long as the law of a division says (M79-5a); a shorter silence heals by itself. */
export async function silentLines(context: Context, division: string): Promise<SilentLine[]> {
  const now = context.clock.now();
  const minutes = context.reference.policy(division, businessDate(now)).silentLineMinutes?.value ?? 0;
  const rows = await context.db.read(actor, (tx) => tx.rows(readLines));
  return rows.flatMap((row) => {
    const line = row.system as OutsideLine;
    const since = row.silent_since;
    return since && now.getTime() - since.getTime() >= minutes * 60_000 ? [{ line, name: lineName(line), since }] : [];
  });
}

/** What people call a system. */
export function lineName(line: OutsideLine): string {
  return line.startsWith('lookup:') ? `${sources[line.slice(7) as Source]}查询` : names[line as keyof typeof names];
}

function writtenOf({ db }: Context): Map<OutsideLine, number> {
  const known = written.get(db) ?? new Map<OutsideLine, number>();
  written.set(db, known);
  return known;
}

const logged = (context: Context, line: OutsideLine) => (error: Error) =>
  context.log.warn({ line, error: error.message }, 'state of a line not written');
