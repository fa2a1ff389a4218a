import type { MatterKind } from '@yingdeng/rules/one-matter.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { type LineRow, markAnswered, markSilent, readLines } from '../../platform/outside-line.sql.ts';
import { silentLines } from '../../platform/outside-line.ts';
import { waitingFor } from './bundle.sql.ts';
import { OutsideClient } from './outside.ts';

/** The outside systems that parts go to. */
export const systems = {
  benefit: { kind: 'benefit' },
  civil: { kind: 'livingAllowance' },
} as const;
export type System = keyof typeof systems;
export const systemNames = Object.keys(systems) as System[];

const matters = systemActor('matters');
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
  const rows = await context.db.read(matters, (tx) => tx.rows(readLines));
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
  await context.db.transaction(matters, (tx) => tx.run(markAnswered, system, read?.next ?? '', now, next));
}

/** A system was silent. */
export async function fellSilent(context: Context, system: System, tries: number): Promise<void> {
  const now = context.clock.now();
  await context.db.transaction(matters, (tx) => tx.run(markSilent, system, now, pauseAfter(now, tries)));
}

/** Systems that have been silent for a while, with what waits for each. Nothing else waits: registration and service go on. */
export async function silentSystems(context: Context, actor: Actor): Promise<Answer<'getMatterWorklist'>['silent']> {
  const [silent, waiting] = await Promise.all([
    silentLines(context, actor.office.slice(0, 6).padEnd(6, '0')),
    context.db.read(matters, (tx) => tx.rows(waitingFor)),
  ]);
  return silent.flatMap(({ line, name, since }) => {
    const kind = systems[line as System]?.kind;
    const count = waiting.find((one) => one.kind === kind)?.count ?? 0;
    return kind ? [{ name, since: since.toISOString(), waiting: count }] : [];
  });
}
