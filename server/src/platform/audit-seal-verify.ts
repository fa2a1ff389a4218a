import type { Context } from '../context.ts';
import { auditText } from './audit.ts';
import { cutAt, type SealRow, sealsAfter, windowRows } from './audit-seal.sql.ts';
import { type AuditEventRow, chainBeginning, OPEN_MINUTES, sealActor, sealDigest } from './audit-seal.ts';
import { sameBytes } from './crypto.ts';

/** What was found wrong. `sequence` names the seal, `id` the row. */
export interface AuditFault {
  readonly tenant: string;
  readonly kind: 'rowChanged' | 'rowsMissing' | 'rowsAdded' | 'sealChanged' | 'chainBroken' | 'sealingSilent';
  readonly sequence?: number;
  readonly id?: string;
  readonly at?: string;
  readonly text: string;
}

/** What was verified in one city. */
export interface AuditReport {
  readonly tenant: string;
  readonly rows: number;
  readonly seals: number;
  /** Rows after the last seal: covered by their own digest only. */
  readonly unsealed: number;
  /** Digest of the last seal: written down outside, it proves later that the end of the chain was not cut off. */
  readonly head: string;
  readonly faults: readonly AuditFault[];
}

const SEALS_AT_ONCE = 500;
const ROWS_AT_ONCE = 20_000;
/** Sealing may lag this long before verification calls it silent. */
const SILENT_MINUTES = 60;

/**
 * Recomputes every row's keyed digest and every seal of a city's chain. Rows edited, removed or put in, seals edited or
 * removed from the middle are found; what was cut off at the end is found by comparing `head` with an older print.
 */
export async function verifyAudit(context: Context, tenant: string): Promise<AuditReport> {
  const faults: AuditFault[] = [];
  let rows = 0;
  let seals = 0;
  let last: Pick<SealRow, 'sequence' | 'to_at' | 'digest'> = chainBeginning;
  for (;;) {
    const after = last.sequence;
    const page = await context.db.read(sealActor, (tx) => tx.rows(sealsAfter, tenant, after, SEALS_AT_ONCE));
    for (const seal of page) {
      const found = await readWindow(context, tenant, seal.from_at, seal.to_at);
      faults.push(...changedRows(context, tenant, found), ...faultsOfSeal(context, tenant, last, seal, found));
      rows += found.length;
      seals += 1;
      last = seal;
    }
    if (page.length < SEALS_AT_ONCE) break;
  }
  let unsealed = 0;
  const end = new Date('9999-12-31T00:00:00Z');
  for (let from = last.to_at, more = true; more; ) {
    const cut = await context.db.read(sealActor, (tx) => tx.first(cutAt, tenant, from, end, ROWS_AT_ONCE));
    const found = await readWindow(context, tenant, from, cut?.at ?? end);
    faults.push(...changedRows(context, tenant, found), ...silence(context, tenant, found, unsealed === 0));
    unsealed += found.length;
    more = cut !== undefined;
    from = cut?.at ?? end;
  }
  return { tenant, rows: rows + unsealed, seals, unsealed, head: last.digest.toString('hex'), faults };
}

function readWindow(context: Context, tenant: string, from: Date, to: Date): Promise<AuditEventRow[]> {
  return context.db.read(sealActor, (tx) => tx.rows(windowRows, tenant, from, to));
}

function changedRows(context: Context, tenant: string, rows: readonly AuditEventRow[]): AuditFault[] {
  return rows
    .filter((row) => !sameBytes(row.mac, context.crypto.auditMac(auditText(row))))
    .map((row) => ({
      tenant,
      kind: 'rowChanged',
      id: row.id,
      at: row.at.toISOString(),
      text: '这条记录被改动过，或不是由本系统写入的',
    }));
}

function faultsOfSeal(
  context: Context,
  tenant: string,
  last: Pick<SealRow, 'sequence' | 'to_at' | 'digest'>,
  seal: SealRow,
  rows: readonly AuditEventRow[],
): AuditFault[] {
  const { sequence, from_at: from, to_at: to, count } = seal;
  const fault = (kind: AuditFault['kind'], text: string): AuditFault => ({
    tenant,
    kind,
    sequence,
    at: to.toISOString(),
    text,
  });
  const faults: AuditFault[] = [];
  if (sequence !== last.sequence + 1 || from.getTime() !== last.to_at.getTime()) {
    faults.push(fault('chainBroken', '与前一个封印不相连：中间的封印缺失，或时间窗口被改动'));
  } else if (!sameBytes(seal.previous, last.digest)) {
    faults.push(fault('chainBroken', '没有接上前一个封印的摘要'));
  }
  if (rows.length < count)
    faults.push(fault('rowsMissing', `封印时有${count}条记录，现在缺少${count - rows.length}条`));
  if (rows.length > count) faults.push(fault('rowsAdded', `封印时有${count}条记录，现在多出${rows.length - count}条`));
  const macs = rows.map(({ mac }) => mac);
  const digest = sealDigest(context.crypto, seal.previous, { tenant, sequence, from, to, count }, macs);
  if (!sameBytes(digest, seal.digest) && rows.length === count) {
    faults.push(fault('sealChanged', '封印与记录不符：封印被改动，或记录被换过'));
  }
  return faults;
}

function silence(context: Context, tenant: string, rows: readonly AuditEventRow[], first: boolean): AuditFault[] {
  if (!first) return [];
  const oldest = rows.reduce((least, row) => Math.min(least, row.at.getTime()), Number.POSITIVE_INFINITY);
  const minutes = Math.floor((context.clock.now().getTime() - oldest) / 60_000);
  if (minutes < SILENT_MINUTES + OPEN_MINUTES) return [];
  return [{ tenant, kind: 'sealingSilent', text: `最早一条未封印的记录已有${minutes}分钟，封印任务可能没有运行` }];
}
