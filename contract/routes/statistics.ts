import { z } from 'zod';
import { byId, citation, date, id, instant, route } from '../route.ts';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/);
const division = z.string().regex(/^\d{6}$/);
const count = z.number().int();
const state = z.enum(['open', 'cut', 'computed', 'checked', 'approved', 'sealed']);
const action = z.enum(['cut', 'check', 'approve', 'giveBack', 'seal', 'restate']);

/** A figure: persons, and of how many it is not known. */
const figure = z.tuple([count, count]);
const rate = z.object({ rate: z.number(), low: z.number(), high: z.number() });
const denominator = z.object({
  kind: z.enum(['reported', 'estimated']),
  kindText: z.string(),
  value: count,
  asOf: date,
  source: z.string(),
  method: z.string(),
  uncertainty: z.number(),
  enteredAt: instant,
  enteredBy: z.string(),
});

const head = z.object({
  id: id.optional(),
  division,
  name: z.string(),
  /** With the places above it. */
  title: z.string(),
  level: z.enum(['county', 'city', 'province']),
  month,
  revision: count,
  state,
  stateText: z.string(),
  due: z.object({ on: date, state: z.enum(['met', 'open', 'near', 'late']) }).optional(),
  closing: count.optional(),
  rate: rate.optional(),
  failing: count,
});

const sheet = z.object({
  head,
  period: z.object({ from: date, to: date, closes: instant }),
  /** Rows by name, columns by name; what is nought is left out. */
  figures: z.record(z.string(), z.record(z.string(), figure)),
  besides: z.array(z.object({ group: z.string(), groupText: z.string(), count })),
  withBesides: count,
  /** Service sheet: rows by name (rules/statistics/service-sheet.ts); what is nought is left out. Follow-up is that of a full calendar month.
   * Absent of a report that was made before there was one. */
  services: z.record(z.string(), count).optional(),
  servicesMonth: month,
  /** Closing stock by band of age: men, women, sex not known (rules/statistics/pyramid.ts). */
  ages: z.record(z.string(), z.tuple([count, count, count])),
  /** Columns of 人社统EP1; null: not to be had from this ledger. */
  employment: z.record(z.string(), count.nullable()),
  checks: z.array(
    z.object({ name: z.string(), text: z.string(), clause: z.string(), left: count, right: count, holds: z.boolean() }),
  ),
  denominator: denominator.optional(),
  denominators: z.array(denominator),
  warning: z.string(),
  rateBesides: rate.optional(),
  history: z.array(z.object({ text: z.string(), at: instant, by: z.string(), reason: z.string() })),
  parts: z.array(head),
  /** Streets and villages that have persons of their own in it. */
  offices: z.array(z.object({ office: z.string(), name: z.string(), closing: count })),
  allowed: z.array(z.object({ action, text: z.string(), why: z.string().optional() })),
  provisions: z.array(z.object({ parameter: z.string(), text: z.string(), citation })),
  seal: z.object({ digest: z.string(), page: z.string(), last: z.string().optional() }).optional(),
  /** The sealed report it takes the place of. */
  replaces: z.object({ revision: count, reason: z.string(), digest: z.string() }).optional(),
  revisions: z.array(z.object({ id, revision: count, stateText: z.string() })),
  version: count,
});

const office = z.string().regex(/^(\d{6}|\d{9}|\d{12})$/);
/** A report as a file: which one, and why it is taken; that stands in the audit and at the foot. */
const exported = (format: 'xlsx' | 'pdf' | 'csv', summary: string, raw: string) =>
  route({
    method: 'GET',
    path: `/api/reports/:division/:month/report.${format}`,
    tag: 'statistics',
    summary,
    audience: 'staff',
    action: 'statistics.read',
    params: z.strictObject({ division, month }),
    query: z.strictObject({
      revision: z.coerce.number().int().min(1).optional(),
      office: office.optional(),
      reason: z.string().trim().min(2).max(200),
    }),
    answer: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
    raw,
    errors: ['access.denied', 'request.notFound', 'report.notAllowed'],
  });

/** What a report is compared with. */
const side = z.enum(['registers', 'exits', 'registrations']);
/** By what is compared: how many the report counts, how many the other side has, how many differ. */
const compared = z.object({
  side,
  text: z.string(),
  clause: z.string(),
  counted: count,
  there: count,
  differing: count,
});
/** A comparison as it stands: `done` of `of` counties, those that failed among them. */
const consistency = z.object({
  name: z.string(),
  of: count,
  done: count,
  waiting: count,
  /** When the first of its counties was compared. */
  since: instant.optional(),
  sides: z.array(compared),
  /** Directly below, of a city or province. */
  parts: z.array(
    z.object({
      division,
      name: z.string(),
      of: count,
      done: count,
      waiting: count,
      differing: count,
      /** Why it could not be compared. */
      why: z.string().optional(),
    }),
  ),
  /** Why this county could not be compared. */
  why: z.string().optional(),
  /** Sealed reports whose digests were recomputed, and what does not agree in them (A21-6b). */
  seal: z.object({ reports: count, faults: z.array(z.string()) }).optional(),
});

/** A month of a trend: from its report where one is counted, else from the registers. */
const trendMonth = z.object({
  month,
  from: z.enum(['report', 'registers']),
  stateText: z.string().optional(),
  closing: count,
  new: count,
  exits: count,
  /** New registrations by box of the form, exits by AJC00A. */
  newBy: z.record(z.string(), count),
  exitsBy: z.record(z.string(), count),
  rate: rate.optional(),
});
const place = z.object({ code: z.string(), name: z.string() });
const parted = z.object({ due: count, kept: count });
const situation = z.object({
  stock: count,
  new: count,
  exits: count,
  decided: parted,
  contacted: parted,
  /** Registered the whole of the running calendar month so far, and seen in it. */
  covered: parted,
  rate: rate.optional(),
  /** Closing stock of the last months, oldest first, the stock of now last. */
  trend: z.array(count),
});

/** The monthly report (M79-9): state, sheet, persons behind each figure, seal. */
export const statisticsRoutes = {
  getReports: route({
    method: 'GET',
    path: '/api/reports',
    tag: 'statistics',
    summary:
      'Reports of a month in the own range: state, due day, closing, rate (M79-9); without a month the last that is over',
    audience: 'staff',
    action: 'statistics.read',
    query: z.strictObject({ month: month.optional() }),
    answer: z.object({ month, months: z.array(month), items: z.array(head) }),
    errors: ['report.notAllowed'],
  }),
  getReport: route({
    method: 'GET',
    path: '/api/reports/:division/:month',
    tag: 'statistics',
    summary: 'The sheet of a division and month, of an office below it, or of an earlier revision',
    audience: 'staff',
    action: 'statistics.read',
    params: z.strictObject({ division, month }),
    query: z.strictObject({
      revision: z.coerce.number().int().min(1).optional(),
      office: office.optional(),
    }),
    answer: sheet,
    errors: ['access.denied', 'request.notFound', 'report.notAllowed'],
  }),
  getReportConsistency: route({
    method: 'GET',
    path: '/api/reports/:division/:month/consistency',
    tag: 'statistics',
    summary:
      'A counted report beside the registers and what the national platform accepted, as last compared, summed from its counties (H122-3e, A21-6b)',
    audience: 'staff',
    action: 'statistics.read',
    params: z.strictObject({ division, month }),
    answer: consistency,
    errors: ['access.denied', 'report.notAllowed'],
  }),
  compareReport: route({
    method: 'POST',
    path: '/api/reports/:division/:month/consistency',
    tag: 'statistics',
    summary:
      'Asks for the comparison of a report, or of every county below; it is worked off one county after the other',
    audience: 'staff',
    action: 'statistics.read',
    params: z.strictObject({ division, month }),
    body: z.strictObject({}),
    answer: consistency,
    errors: ['access.denied', 'report.notAllowed'],
  }),
  getReportDifferences: route({
    method: 'GET',
    path: '/api/reports/:division/:month/differences',
    tag: 'statistics',
    summary: "Who differs in a county's comparison, fifty at a time, masked; the look is recorded (H122-3e)",
    audience: 'staff',
    action: 'statistics.read',
    params: z.strictObject({ division, month }),
    query: z.strictObject({ side, after: z.coerce.number().int().min(0).default(0) }),
    answer: z.object({
      total: count,
      items: z.array(
        z.object({
          registrationId: z.uuid(),
          name: z.string(),
          idMasked: z.string(),
          officeName: z.string(),
          text: z.string(),
          /** A later record says why; the report stays right. */
          explained: z.boolean(),
        }),
      ),
      next: count.optional(),
    }),
    errors: ['access.denied', 'request.notFound', 'report.notAllowed'],
  }),
  getTrend: route({
    method: 'GET',
    path: '/api/statistics/trend',
    tag: 'statistics',
    summary:
      'Closing stock, flow by reason and rate of the last months of a place (M79-9); months without a report from the registers',
    audience: 'staff',
    action: 'situation.read',
    query: z.strictObject({ place: office.optional(), months: z.coerce.number().int().min(2).max(36).default(13) }),
    answer: z.object({ place, path: z.array(place), below: z.array(place), months: z.array(trendMonth) }),
    errors: ['access.denied', 'report.notAllowed'],
  }),
  getSituation: route({
    method: 'GET',
    path: '/api/statistics/situation',
    tag: 'statistics',
    summary:
      'A place and what lies below it as of now: stock, flow of the running period, rate, days kept, coverage (M79-9, M79-3a, M79-4a)',
    audience: 'staff',
    action: 'situation.read',
    query: z.strictObject({ place: office.optional() }),
    answer: z.object({
      at: instant,
      place,
      path: z.array(place),
      period: z.object({ month, from: date, to: date }),
      /** Calendar month of the coverage. */
      coverageMonth: month,
      /** The months of `trend`, the running one last. */
      months: z.array(month),
      denominator: z.object({ value: count, asOf: date, month, kindText: z.string() }).optional(),
      total: situation,
      below: z.array(place.extend({ opens: z.boolean(), figures: situation })),
    }),
    errors: ['access.denied', 'report.notAllowed'],
  }),
  prepareReport: route({
    method: 'POST',
    path: '/api/reports/:division/:month/prepare',
    tag: 'statistics',
    summary:
      'Freezes the lists and counts the sheet, or adds it up from its parts; also again while it is open (M79-9)',
    audience: 'staff',
    action: 'statistics.prepare',
    params: z.strictObject({ division, month }),
    body: z.strictObject({}),
    answer: z.object({ sheet, message: z.string() }),
    errors: ['access.denied', 'report.notAllowed'],
  }),
  actOnReport: route({
    method: 'POST',
    path: '/api/reports/:id/act',
    tag: 'statistics',
    summary: 'Checks, gives back, seals or restates a report; what is sealed is only restated by a new revision',
    audience: 'staff',
    action: 'statistics.prepare',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      action: z.enum(['check', 'giveBack', 'seal', 'restate']),
      version: count,
      reason: z.string().max(400).optional(),
    }),
    answer: z.object({ sheet, message: z.string() }),
    errors: ['access.denied', 'request.notFound', 'report.notAllowed'],
  }),
  approveReport: route({
    method: 'POST',
    path: '/api/reports/:id/approve',
    tag: 'statistics',
    summary: 'Approves a checked report, or gives it back; never whoever checked it',
    audience: 'staff',
    action: 'statistics.approve',
    idempotent: true,
    params: byId,
    body: z.strictObject({
      action: z.enum(['approve', 'giveBack']),
      version: count,
      reason: z.string().max(400).optional(),
    }),
    answer: z.object({ sheet, message: z.string() }),
    errors: ['access.denied', 'request.notFound', 'report.notAllowed'],
  }),
  enterUrbanEmployed: route({
    method: 'POST',
    path: '/api/reports/:division/:month/urban-employed',
    tag: 'statistics',
    summary:
      'Enters the urban employed of a month with date, source and method (M79-10b); the newest entry holds until the seal',
    audience: 'staff',
    action: 'statistics.prepare',
    idempotent: true,
    params: z.strictObject({ division, month }),
    body: z.strictObject({
      kind: z.enum(['reported', 'estimated']),
      value: count,
      asOf: date,
      source: z.string().max(200),
      method: z.string().max(400),
      uncertainty: z.number(),
    }),
    answer: z.object({ sheet, message: z.string() }),
    errors: ['access.denied', 'report.notAllowed'],
  }),
  exportReportXlsx: exported(
    'xlsx',
    'The report as a workbook in the layout of a statistical return; from computed on, recorded with its reason',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ),
  exportReportPdf: exported(
    'pdf',
    'The report for signature, A4 across, with the digest of its seal',
    'application/pdf',
  ),
  exportReportCsv: exported(
    'csv',
    "The report's figures as records, values of the ministry's indicators where a row or column is one",
    'text/csv; charset=utf-8',
  ),
  getReportPersons: route({
    method: 'GET',
    path: '/api/reports/:id/persons',
    tag: 'statistics',
    summary: 'The persons behind a figure of the sheet or of the service sheet, masked; the look is recorded (H122-3e)',
    audience: 'staff',
    action: 'statistics.read',
    params: byId,
    query: z.strictObject({
      row: z.string().max(40),
      cut: z.string().max(40),
      unknown: z.enum(['yes', 'no']).default('no'),
      office: office.optional(),
      after: z.string().max(60).optional(),
    }),
    answer: z.object({
      total: count,
      items: z.array(
        z.object({
          /** Registration; of a decision the application. */
          id,
          name: z.string(),
          idMasked: z.string(),
          sexText: z.string(),
          age: count.optional(),
          registeredOn: date.optional(),
          officeName: z.string(),
          what: z.string(),
        }),
      ),
      next: z.string().optional(),
    }),
    errors: ['request.notFound', 'report.notAllowed'],
  }),
} as const;
