import { codeText } from '@yingdeng/contract/code-tables.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { serviceKinds } from '@yingdeng/rules/service.ts';
import { type CutName, cutNames, cuts, yearsBetween } from '@yingdeng/rules/statistics/cuts.ts';
import type { ListKind } from '@yingdeng/rules/statistics/seal.ts';
import {
  eachService,
  type ServiceFact,
  type ServiceRow,
  type ServiceRowName,
  serviceRowNames,
  serviceRows,
} from '@yingdeng/rules/statistics/service-sheet.ts';
import {
  dayNumber,
  figuresOf,
  type RowName,
  rowNames,
  type SheetContext,
  sheetContext,
  sheetRows,
} from '@yingdeng/rules/statistics/sheet.ts';
import {
  eachMovement,
  eachStanding,
  idsAt,
  type Movement,
  type Standing,
} from '@yingdeng/rules/statistics/standing.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { besideOf } from './beside.sql.ts';
import { servicesIn } from './beside.ts';
import { addParts } from './cut.ts';
import { type KeptList, keptLists, thaw } from './lists.ts';
import { reportingMonth } from './month.ts';
import { levelOf } from './places.ts';
import { findReport, peopleOf, type ReportRow } from './report.sql.ts';

const PAGE = 50;

/** Which persons stand behind a figure. */
export interface Behind {
  readonly row: string;
  readonly cut: string;
  readonly unknown: boolean;
  readonly office?: string | undefined;
}
interface Found {
  readonly tenant: string;
  /** Registration; of a decision the application. */
  readonly subject: string;
  readonly person: string;
  readonly office: string;
  readonly what: string;
}

/** How many stand behind a figure, and a page of them. */
interface Page {
  readonly total: number;
  readonly shown: readonly Found[];
}

/**
 * Who is behind a figure, or what was due and given behind one of the service sheet, a page from the `from`th on, in the order of the frozen lists.
 * The same predicates that counted the figure pick them, so that their number is the figure. @throws AppError request.notFound
 */
async function behind(context: Context, tx: Tx, report: ReportRow, asked: Behind, from: number): Promise<Page> {
  const service = (serviceRowNames as string[]).includes(asked.row) && asked.cut === 'all';
  if (!service && !((rowNames as string[]).includes(asked.row) && (cutNames as string[]).includes(asked.cut)))
    throw new AppError('request.notFound');
  if (levelOf(report.division) !== 'county') {
    // Offices are seen in the report of their county.
    if (asked.office) throw new AppError('request.notFound');
    const { parts } = await addParts(context, tx, report.division, report.month);
    const shown: Found[] = [];
    let total = 0;
    // A part whose persons lie before or behind the page is known by its figure; its lists are not read.
    for (const part of parts) {
      const own = service ? await servicesOf(tx, part, asked) : figureOf(part, asked);
      const start = Math.max(0, from - total);
      if (start < own && shown.length < PAGE)
        shown.push(...(await behind(context, tx, part, asked, start)).shown.slice(0, PAGE - shown.length));
      total += own;
    }
    return { total, shown };
  }
  if (service) {
    const lists = await listsIn(tx, report, report.id, 'services', asked);
    return pageOf(servicesBehind(lists, serviceRows[asked.row as ServiceRowName]), from);
  }
  const { of: rowOf } = sheetRows[asked.row as RowName];
  const on = sheetContext(report.division, reportingMonth(context, report.division, report.month));
  const { kind, of, context: at } = sourceOf(context, report, rowOf, on);
  const belongs = (person: Standing, when: SheetContext): boolean =>
    cuts[asked.cut as CutName].of(person, when) === (asked.unknown ? undefined : true);
  const lists = await listsIn(tx, report, of, kind, asked);
  return pageOf(
    lists.flatMap((list) => pick(list, rowOf, at, belongs)),
    from,
  );
}

const pageOf = (found: readonly Found[], from: number): Page => ({
  total: found.length,
  shown: found.slice(from, from + PAGE),
});

/** How many a report counts of what is asked. */
function figureOf({ figures }: ReportRow, { row, cut, unknown }: Behind): number {
  const figure = figuresOf(figures ?? {})[row as RowName][cut as CutName];
  return unknown ? figure.unknown : figure.count;
}
async function servicesOf(tx: Tx, { tenant, id }: ReportRow, { row }: Behind): Promise<number> {
  return servicesIn(await tx.first(besideOf, tenant, id), '')[row as ServiceRowName] ?? 0;
}

/** A list of the report, or of the one before, with the tenant that leads to its people. */
type OfTenant = KeptList & { readonly tenant: string };

async function listsIn(
  tx: Tx,
  { tenant }: ReportRow,
  id: string,
  kind: ListKind,
  { office }: Behind,
): Promise<OfTenant[]> {
  const kept = await keptLists(tx, { tenant, id }, [kind]);
  return kept.filter((list) => !office || list.office.startsWith(office)).map((list) => ({ ...list, tenant }));
}

/** The records of services that a row counts. */
function servicesBehind(lists: readonly OfTenant[], row: ServiceRow): Found[] {
  const found: Found[] = [];
  for (const kept of lists) {
    const list = thaw(kept);
    eachService(list, (fact, at) => {
      if (row.of(fact)) found.push({ ...foundAt(kept, list, at), what: factText(fact) });
    });
  }
  return found;
}

function foundAt({ tenant, office }: OfTenant, list: Uint8Array, at: number): Omit<Found, 'what'> {
  const { registration, person } = idsAt(list, at);
  return { tenant, office, subject: registration, person };
}

const dayText = (day: number): string => String(day).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3');
function factText({ what, kept, kind, on }: ServiceFact): string {
  if (what === 'service') return `${dayText(on)} ${kind ? serviceKinds[kind].text : '服务'}`;
  if (what === 'month') return kept ? '当月跟踪到' : '当月没有跟踪到';
  const done = what === 'decision' ? '办结' : '联系';
  return `${dayText(on)}到期，${kept ? `按时${done}` : `没有按时${done}`}`;
}

/** The list a row is counted from: the opening is the closing list of the month before, under that month's last day, as it was reported. */
function sourceOf(
  context: Context,
  report: ReportRow,
  rowOf: unknown,
  on: SheetContext,
): { kind: ListKind; of: string; context: SheetContext } {
  if (rowOf === 'stock') return { kind: 'stock', of: report.id, context: on };
  if (rowOf !== 'opening') return { kind: 'movements', of: report.id, context: on };
  if (!report.last_id) return { kind: 'opening', of: report.id, context: on };
  const { last } = reportingMonth(context, report.division, report.month);
  return {
    kind: 'stock',
    of: report.last_id,
    context: sheetContext(report.division, reportingMonth(context, report.division, last)),
  };
}

function pick(
  kept: OfTenant,
  rowOf: 'opening' | 'stock' | ((movement: Movement, from: number) => boolean),
  on: SheetContext,
  belongs: (person: Standing, on: SheetContext) => boolean,
): Found[] {
  const list = thaw(kept);
  const found: Found[] = [];
  if (typeof rowOf === 'function')
    eachMovement(list, (movement, at) => {
      if (!rowOf(movement, on.from) || !belongs(movement, on)) return;
      found.push({ ...foundAt(kept, list, at), what: whatOf(movement) });
    });
  else
    eachStanding(list, (person, at) => {
      if (belongs(person, on)) found.push({ ...foundAt(kept, list, at), what: '' });
    });
  return found;
}

const kindTexts: Readonly<Record<Movement['kind'], string>> = {
  new: '登记',
  exit: '退出',
  restored: '恢复登记',
  late: '补记登记',
  withdrawn: '更正调减',
  transferIn: '转入',
  transferOut: '转出',
};
function whatOf({ kind, on, code }: Movement): string {
  const reason = code > 0 && kind === 'exit' ? `：${codeText('exitReason', String(code)) ?? code}` : '';
  return `${dayText(on)} ${kindTexts[kind]}${reason}`;
}

/** A page of the persons behind a figure, masked; the look is recorded with what was asked and how many were shown. */
export async function readPersons(
  context: Context,
  actor: Actor,
  id: string,
  asked: Behind & { after?: string | undefined },
  now: Date,
): Promise<Answer<'getReportPersons'>> {
  const start = /^\d{1,9}$/.test(asked.after ?? '') ? Number(asked.after) : 0;
  const { total, shown, report } = await context.db.transaction(actor, async (tx) => {
    const report = await tx.first(findReport, tenantOfId(id), id);
    if (!report) throw new AppError('request.notFound');
    const { total, shown } = await behind(context, tx, report, asked, start);
    await audit(tx, context.crypto, now, {
      tenant: report.tenant,
      office: report.division,
      action: 'statistics.read',
      subjectKind: 'report',
      subjectId: id,
      detail: { row: asked.row, cut: asked.cut, month: report.month, from: start, shown: shown.length },
    });
    return { total, shown, report };
  });
  // Somebody counted here may have been transferred since; the report still says who it was.
  const rows = await context.db.read(reachingNation(actor), async (tx) => {
    const byTenant = Map.groupBy(shown, ({ tenant }) => tenant);
    const found = [...byTenant].map(([tenant, of]) =>
      tx.rows(
        peopleOf,
        tenant,
        of.map(({ person }) => person),
        of.map(({ subject }) => subject),
      ),
    );
    return (await Promise.all(found)).flat();
  });
  const people = new Map(rows.map((row) => [row.person_id, row]));
  const registeredOn = new Map(rows.map((row) => [row.registration_id, row.registered_on]));
  const day = dayNumber(report.period_to);
  return {
    total,
    items: shown.flatMap(({ subject, person, office, what }) => {
      const row = people.get(person);
      const on = registeredOn.get(subject);
      if (!row) return [];
      const { idNumber } = context.crypto.open<{ idNumber: string }>(row.identity_sealed);
      return [
        {
          id: subject,
          name: row.name,
          idMasked: maskIdentityNumber(idNumber),
          sexText: codeText('sex', row.sex) ?? '',
          ...(row.birth_date ? { age: yearsBetween(dayNumber(row.birth_date), day) } : {}),
          ...(on ? { registeredOn: on } : {}),
          officeName: context.reference.officeName(office),
          what,
        },
      ];
    }),
    ...(start + PAGE < total ? { next: String(start + PAGE) } : {}),
  };
}
