import type { MatterKind } from '@yingdeng/rules/one-matter.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { waitingFor } from './bundle.sql.ts';
import { type LineRow, markAnswered, markSilent, readLines } from './lines.sql.ts';
import { OutsideClient } from './outside.ts';

/** The outside systems that parts go to. */
export const systems = {
  benefit: { name: '失业保险系统', kind: 'benefit' },
  civil: { name: '民政部门', kind: 'livingAllowance' },
} as const;
export type System = keyof typeof systems;
export const systemNames = Object.keys(systems) as System[];

const actor = systemActor('matters');
/** Silence of this length is shown to whoever looks at the worklist; a short one heals by itself. */
const SILENCE_SHOWN_MS = 10 * 60_000;
const ASK_EVERY_MS = 30_000;
const LONGEST_PAUSE_S = 3600;

/** The line to a system; undefined where there is none and things are carried by hand. */
export function lineTo(context: Context, system: System): OutsideClient | undefined {
  const config = context.config[system];
  return config && new OutsideClient(config, systems[system].kind);
}

/** The system a part goes to; undefined for those that stay in the house. */
export function systemOf(kind: MatterKind): System | undefined {
  return systemNames.find((name) => systems[name].kind === kind);
}

/** When to try again after so many failures: half a minute, growing to an hour. */
export function pauseAfter(now: Date, tries: number): Date {
  return new Date(now.getTime() + Math.min(LONGEST_PAUSE_S, 30 * 2 ** Math.min(tries, 10)) * 1000);
}

/** Where each line stands. */
export async function linesOf(context: Context): Promise<Map<string, LineRow>> {
  const rows = await context.db.read(actor, (tx) => tx.rows(readLines));
  return new Map(rows.map((row) => [row.system, row]));
}

/** A system answered; `read` is how far its notices were taken in. */
export async function answered(
  context: Context,
  system: System,
  read?: { next: string; more: boolean },
): Promise<void> {
  const now = context.clock.now();
  const next = read ? new Date(now.getTime() + (read.more ? 0 : ASK_EVERY_MS)) : null;
  await context.db.transaction(actor, (tx) => tx.run(markAnswered, system, read?.next ?? '', now, next));
}

/** A system was silent. */
export async function fellSilent(context: Context, system: System, tries: number): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction(actor, (tx) => tx.run(markSilent, system, now, pauseAfter(now, tries)));
}

/** Systems that have been silent for a while, with what waits for each. Nothing else waits: registration and service go on. */
export async function silentLines(context: Context): Promise<Answer<'getMatterWorklist'>['silent']> {
  const now = context.clock.now().getTime();
  const [lines, waiting] = await Promise.all([linesOf(context), context.db.read(actor, (tx) => tx.rows(waitingFor))]);
  return systemNames.flatMap((system) => {
    const since = lines.get(system)?.silent_since;
    if (!since || now - since.getTime() < SILENCE_SHOWN_MS) return [];
    const { name, kind } = systems[system];
    return [{ name, since: since.toISOString(), waiting: waiting.find((one) => one.kind === kind)?.count ?? 0 }];
  });
}
