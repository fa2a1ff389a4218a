import type { AlsoWanted } from '@yingdeng/contract/application-form.ts';
import type { MatterKind } from '@yingdeng/rules/one-matter.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { newTenantId } from '../../platform/crypto.ts';
import { type Step, step, type Tx } from '../../platform/database.ts';
import { carryMatter, leaveMatter, type MatterRow, mattersOf, putMatters } from './matter.sql.ts';
import { recordMatter } from './step.ts';

/** One part asked for: its kind, and the category of difficulty or what the person said. */
export interface WantedMatter {
  readonly kind: MatterKind;
  readonly wish: string;
}

/** What a form and the wishes beside it ask for: the field 是否申领失业保险金 of annex 1 opens the benefit (A21-4h). */
export function wantedBy(
  form: { wantsBenefit: boolean },
  also: AlsoWanted | undefined,
  offered: readonly MatterKind[],
): WantedMatter[] {
  const wanted: WantedMatter[] = [];
  if (also?.introduction) wanted.push({ kind: 'introduction', wish: '' });
  if (form.wantsBenefit) wanted.push({ kind: 'benefit', wish: '' });
  if (also?.difficulty) wanted.push({ kind: 'difficulty', wish: also.difficulty });
  return wanted.filter(({ kind }) => offered.includes(kind));
}

/** The parts that travel in the flight of a submission; they are stored only where the application of this very request was. */
export function matterSteps(
  actor: Actor,
  on: { tenant: string; application: string; digest: Buffer; now: Date },
  wanted: readonly WantedMatter[],
): Step[] {
  if (wanted.length === 0) return [];
  return [step(putMatters, ...paramsOf(actor, on, on.digest, wanted, null))];
}

/** The same, later on, in the transaction of a command; `wake`: the programme looks at it at once. @returns ids of what was put. */
export async function putWanted(
  tx: Tx,
  on: { tenant: string; application: string; now: Date; wake: boolean },
  wanted: WantedMatter,
  consent?: { on: string; how: string },
): Promise<string[]> {
  const rows = await tx.rows(putMatters, ...paramsOf(tx.actor, on, null, [wanted], on.wake ? on.now : null, consent));
  return rows.map(({ id }) => id);
}

function paramsOf(
  actor: Actor,
  on: { tenant: string; application: string; now: Date },
  digest: Buffer | null,
  wanted: readonly WantedMatter[],
  next: Date | null,
  consent?: { on: string; how: string },
) {
  return [
    on.tenant,
    on.application,
    digest,
    on.now,
    actor.name,
    actor.kind === 'staff' ? actor.id : null,
    wanted.map(({ kind }) => kind),
    wanted.map(({ wish }) => wish),
    wanted.map(() => newTenantId(on.tenant, on.now)),
    wanted.map(() => newTenantId(on.tenant, on.now)),
    consent?.on ?? null,
    consent?.how ?? null,
    next,
  ] as const;
}

/** The parts of a case that went to another city go with it: asked for there anew, in the same words. */
export async function followMatters(
  tx: Tx,
  from: { tenant: string; application: string },
  to: { tenant: string; application: string; now: Date },
): Promise<void> {
  const open = (await tx.rows(mattersOf, from.tenant, from.application)).filter(({ state }) => state === 'asked');
  for (const { kind, wish } of open) await putWanted(tx, { ...to, wake: false }, { kind, wish });
}

/**
 * The parts of a registration that goes on in another city (M79-5a): what was asked for and not begun, and the benefit wherever it has come, for
 * whoever pays it must hear when the registration ends. What another office has in hand is answered where it was asked.
 */
export async function moveMattersToCity(
  tx: Tx,
  context: Context,
  from: { tenant: string; application: string },
  to: { tenant: string; application: string; division: string; office: string; now: Date; left: string },
): Promise<void> {
  for (const row of (await tx.rows(mattersOf, from.tenant, from.application)).filter(goesAlong)) {
    const id = newTenantId(to.tenant, to.now);
    await tx.run(carryMatter, from.tenant, row.id, to.tenant, id, to.application, to.division, to.office, to.now);
    await tx.run(leaveMatter, from.tenant, row.id, to.now, tx.actor.name, to.left);
    await recordMatter(tx, context, row, 'withdrawn', to.now, { action: 'withdraw', text: to.left });
  }
}

/** Civil affairs and the recognition of difficulty have offices of their own place. */
const goesAlong = ({ kind, state }: MatterRow): boolean =>
  kind === 'benefit' ? state !== 'withdrawn' && state !== 'refused' : kind === 'introduction' && state === 'asked';
