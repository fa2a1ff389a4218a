import { isDeepStrictEqual } from 'node:util';
import { partsDiffer } from '@yingdeng/rules/statistics/balance.ts';
import {
  type ComparedKind,
  differingRecords,
  type ListDifference,
} from '@yingdeng/rules/statistics/list-difference.ts';
import { type ListKind, listKinds } from '@yingdeng/rules/statistics/seal.ts';
import { figuresOf, sheetContext } from '@yingdeng/rules/statistics/sheet.ts';
import { personsOf } from '@yingdeng/rules/statistics/standing.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { sameBytes, sm3 } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { type OfMonth, sealPage } from './act.ts';
import { besideOf } from './beside.sql.ts';
import { addBeside, type Beside, countBeside, takeServices } from './beside.ts';
import { addParts, countGroups, countLists, stockOf, takeLists } from './cut.ts';
import { changedSince } from './ledger.sql.ts';
import { isWhole, type KeptList, type KindList, keptLists } from './lists.ts';
import { reportingMonth } from './month.ts';
import { levelOf, tenantOf } from './places.ts';
import { findReport, type ReportRow, sealedOf } from './report.sql.ts';
import { servedSince } from './services.sql.ts';

const actor = systemActor('report-verify');

/** Something that does not agree. `explained`: a fact recorded after the lists were frozen says why; the sealed report stays right. */
export interface VerifyFault {
  readonly division: string;
  readonly kind: 'list' | 'page' | 'figures' | 'ledger';
  readonly text: string;
  readonly registration?: string;
  readonly explained: boolean;
}

/** What was found of a report and everything below it. */
export interface Verified {
  readonly division: string;
  readonly month: string;
  readonly revision: number;
  /** Records that were read and digested anew. */
  readonly persons: number;
  readonly digest: string;
  readonly faults: readonly VerifyFault[];
}

/**
 * Verifies a sealed report from two sides: from the seal (digest of each list, page, figures counted anew) and, unless `sealOnly`, from the ledger
 * of today, person by person. Whatever was changed is named (A21-6b). A whole is verified with its parts.
 * @throws AppError request.notFound when there is no sealed report
 */
export async function verifyReport(
  context: Context,
  of: OfMonth,
  options: { sealOnly?: boolean } = {},
): Promise<Verified[]> {
  const found: Verified[] = [];
  await context.db.snapshot(actor, async (tx) => {
    const row = await tx.first(sealedOf, tenantOf(of.division), of.division, of.month);
    if (!row) throw new AppError('request.notFound');
    await verifyRow(context, tx, row, options.sealOnly === true, found);
  });
  return found;
}

async function verifyRow(
  context: Context,
  tx: Tx,
  row: ReportRow,
  sealOnly: boolean,
  found: Verified[],
): Promise<void> {
  const faults: VerifyFault[] = [];
  const fault = (kind: VerifyFault['kind'], text: string, part: Partial<VerifyFault> = {}) =>
    faults.push({ division: row.division, kind, text, explained: false, ...part });
  let persons = 0;
  if (levelOf(row.division) === 'county') {
    const kept = await keptLists(tx, row, Object.keys(listKinds) as ListKind[]);
    const whole = kept.filter((list) => {
      if (isWhole(list)) return true;
      const name = `${context.reference.officeName(list.office)}（${list.office}）${listKinds[list.kind]}`;
      fault('list', `${name}：内容与摘要不一致，名册被改动过。`);
      return false;
    });
    persons = whole.reduce((sum, list) => sum + list.persons, 0);
    await verifyFigures(context, tx, row, whole, fault);
    if (!sealOnly && whole.length === kept.length) {
      await verifyLedger(context, tx, row, kept, fault);
      await verifyServices(context, tx, row, kept, fault);
    }
  } else {
    const { parts, figures } = await addParts(context, tx, row.division, row.month);
    for (const part of parts) await verifyRow(context, tx, part, sealOnly, found);
    if (!(await isBeside(tx, row, await addBeside(tx, parts))))
      fault('figures', '服务情况、年龄结构：与所辖各地之和不一致，所辖某地重报以后本级还没有重报，或者数字被改动过。');
    for (const { row: name } of partsDiffer(figuresOf(row.figures ?? {}), figures).slice(0, 1))
      fault('figures', `${name}：与所辖各地之和不一致，所辖某地重报以后本级还没有重报，或者数字被改动过。`);
  }
  const page = await sealPage(context, tx, row).catch((error: Error) => error.message);
  if (page !== row.page) fault('page', '封存页与名册、下级报表的摘要不一致。');
  if (!row.digest || !row.page || !sameBytes(sm3(row.page), row.digest)) fault('page', '封存页的摘要不一致。');
  found.push({
    division: row.division,
    month: row.month,
    revision: row.revision,
    persons,
    digest: row.digest?.toString('hex') ?? '',
    faults,
  });
}

/** Takes one thing that does not agree. */
export type Fault = (kind: VerifyFault['kind'], text: string, part?: Partial<VerifyFault>) => void;

/** Counts the figures anew from the kept lists. */
async function verifyFigures(
  context: Context,
  tx: Tx,
  row: ReportRow,
  kept: readonly KeptList[],
  fault: Fault,
): Promise<void> {
  const month = reportingMonth(context, row.division, row.month);
  const last = row.last_id ? await tx.first(findReport, row.tenant, row.last_id) : undefined;
  const before = last?.figures ? figuresOf(last.figures) : undefined;
  const counted = countLists(kept, sheetContext(row.division, month), before);
  for (const { row: name, cut } of partsDiffer(figuresOf(row.figures ?? {}), counted))
    fault('figures', `${name}／${cut}：封存的数字与名册重新计数不一致。`);
  if (JSON.stringify(countGroups(kept)) !== JSON.stringify(row.besides ?? {}))
    fault('figures', '参照群体人数：封存的数字与名册重新计数不一致。');
  if (!(await isBeside(tx, row, countBeside(kept, month))))
    fault('figures', '服务情况、年龄结构：封存的数字与名册重新计数不一致。');
}

/** Whether what stands beside a sealed sheet is what was counted anew. */
async function isBeside(tx: Tx, row: ReportRow, counted: Beside): Promise<boolean> {
  const { services, ages } = (await tx.first(besideOf, row.tenant, row.id)) ?? {};
  return isDeepStrictEqual({ services, ages }, { ...counted });
}

const kindTexts = {
  gone: '封存时在册，现在的登记记录里没有',
  come: '封存时不在册，现在的登记记录里有',
  changed: '登记记录有变动',
};
const serviceTexts = {
  gone: '封存时计入，现在的记录里没有',
  come: '封存时没有计入，现在的记录里有',
  changed: '记录有变动',
};

interface Differing {
  readonly difference: ListDifference;
  readonly office: string;
  readonly kind: ComparedKind;
}

/** Where lists taken today differ from the sealed ones of some kinds, person by person. */
function differingFrom(
  kept: readonly KindList[],
  today: readonly KindList[],
  kinds: readonly ComparedKind[],
): Differing[] {
  const offices = new Set([...kept, ...today].map(({ office }) => office));
  return kinds.flatMap((kind) =>
    [...offices].flatMap((office) => {
      const of = (some: readonly KindList[]) =>
        some.find((list) => list.kind === kind && list.office === office)?.list ?? new Uint8Array();
      return differingRecords(of(kept), of(today), kind).map((difference) => ({ difference, office, kind }));
    }),
  );
}

/** Those of the people who differ about whom a statement finds something recorded since the lists were frozen. */
async function explainedBy(
  tx: Tx,
  row: ReportRow,
  found: readonly Differing[],
  since: typeof changedSince,
): Promise<Set<string>> {
  const people = [...new Set(found.map(({ difference }) => difference.person))];
  if (people.length === 0 || !row.cut_at) return new Set();
  return new Set((await tx.rows(since, row.tenant, people, row.cut_at)).map(({ person_id }) => person_id));
}

/** Takes the lists anew from the ledger of today and names every person that differs. @returns how many the stock of then holds as known today */
export async function verifyLedger(
  context: Context,
  tx: Tx,
  row: ReportRow,
  kept: readonly KeptList[],
  fault: Fault,
): Promise<number> {
  const month = reportingMonth(context, row.division, row.month);
  const before = row.last_id ? await tx.first(findReport, row.tenant, row.last_id) : undefined;
  const taken = await takeLists(
    context,
    tx,
    month,
    new Map([[row.division, before && (await stockOf(tx, before))]]),
    'ledger',
  );
  const lists = taken.get(row.division)?.lists ?? [];
  const differing = differingFrom(kept, lists, ['stock', 'movements']);
  const explained = await explainedBy(tx, row, differing, changedSince);
  for (const { difference, office, kind } of differing) {
    const { registration, person, fields } = difference;
    const what = fields.length > 0 ? `（${fields.join('、')}）` : '';
    fault(
      'ledger',
      `${context.reference.officeName(office)}${listKinds[kind]}，登记${registration}：${kindTexts[difference.kind]}${what}。`,
      { registration, explained: difference.kind === 'changed' && explained.has(person) },
    );
  }
  return lists.reduce((sum, { kind, list }) => sum + (kind === 'stock' ? personsOf(list) : 0), 0);
}

/** The same for what was due and given. A service written down after the seal is no fault of the sealed sheet. */
async function verifyServices(
  context: Context,
  tx: Tx,
  row: ReportRow,
  kept: readonly KeptList[],
  fault: Fault,
): Promise<void> {
  const today = await takeServices(tx, reportingMonth(context, row.division, row.month), [row.division]);
  const lists = today.map((list) => ({ kind: 'services' as const, ...list }));
  const differing = differingFrom(kept, lists, ['services']);
  const explained = await explainedBy(tx, row, differing, servedSince);
  for (const { difference, office } of differing) {
    const { registration, person, fields } = difference;
    const what = fields.length > 0 ? `（${fields.join('、')}）` : '';
    fault(
      'ledger',
      `${context.reference.officeName(office)}${listKinds.services}，编号${registration}：${serviceTexts[difference.kind]}${what}。`,
      { registration, explained: explained.has(person) },
    );
  }
}
