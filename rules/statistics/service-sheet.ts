// The service sheet of a period (A21-4a, M79-3a, M79-4a): decided in time, contacted in time, followed up, served. Each row is one predicate over
// what happened; what happened stands in lists of 48 bytes a record, as the people of the main sheet do:
//
//   0  registration, of a decision the application, 16 bytes     16  person, 16 bytes     32  words of 32 bits, the highest byte first:
//   word 0  what it is 3 bits, kept 1, first 1, kind of service 8     word 1  its day     words 2 and 3  nothing
import { type ServiceKind, serviceKinds } from '../service.ts';
import { blankRecord, dayAt, numberOfDay, recordBytes, viewOf, WORDS } from './standing.ts';

/** What may have happened, in the order of its numbers in the lists, from 1. */
export const serviceFacts = ['decision', 'contact', 'month', 'service'] as const;
/** Kinds of service in the order of their numbers, from 1: that of the services themselves, where new ones come last. */
export const serviceKindNames = Object.keys(serviceKinds) as readonly ServiceKind[];

/** Something that happened, or should have. */
export interface ServiceFact {
  /**
   * `decision`: an application whose decision was due in the period; `contact`: a registration whose first contact was due in it; `month`: a person
   * registered the whole of the last full calendar month; `service`: one service given in the period.
   */
  what: (typeof serviceFacts)[number];
  /** In time, or seen that month; a service is. */
  kept: boolean;
  /** Of the services of a person the one that counts the person. */
  first: boolean;
  /** Kind of a service; undefined of everything else, and of one that is no longer given. */
  kind: ServiceKind | undefined;
  /** Day it was due, or given, as YYYYMMDD; 0 of a month. */
  on: number;
}

/** Calls `each` with everything in a list; one and the same object is filled again. @throws RangeError on bytes that are no such list */
export function eachService(list: Uint8Array, each: (fact: ServiceFact, at: number) => void): void {
  const view = viewOf(list);
  const fact: ServiceFact = { what: 'service', kept: false, first: false, kind: undefined, on: 0 };
  for (let at = 0; at < list.length; at += recordBytes) {
    const word = view.getUint32(at + WORDS);
    const what = serviceFacts[(word & 7) - 1];
    if (what === undefined) throw new RangeError('服务名册里有一条不是已知的事项');
    fact.what = what;
    fact.kept = (word & 8) !== 0;
    fact.first = (word & 16) !== 0;
    fact.kind = serviceKindNames[((word >>> 8) & 255) - 1];
    fact.on = dayAt(view.getUint32(at + WORDS + 4));
    each(fact, at);
  }
}

/** A record of something that happened, as the registers write it. */
export function serviceRecord(ids: { registration: string; person: string }, fact: ServiceFact): Uint8Array {
  const record = blankRecord(ids);
  const view = viewOf(record);
  const kind = fact.kind === undefined ? 0 : serviceKindNames.indexOf(fact.kind) + 1;
  const flags = (fact.kept ? 8 : 0) | (fact.first ? 16 : 0);
  view.setUint32(WORDS, (serviceFacts.indexOf(fact.what) + 1) | flags | (kind << 8));
  view.setUint32(WORDS + 4, numberOfDay(fact.on));
  return record;
}

/** A row of the sheet. */
export interface ServiceRow {
  readonly text: string;
  readonly clause: string;
  readonly meaning: string;
  readonly level: 0 | 1;
  /** What it counts, where that is not persons. */
  readonly unit?: '份' | '次';
  /** Row whose part it is: the sheet shows per cent of it. */
  readonly partOf?: string;
  of(fact: ServiceFact): boolean;
}

const kindRows = Object.fromEntries(
  (Object.keys(serviceKinds) as ServiceKind[]).map((kind) => [
    `service-${kind}`,
    {
      text: serviceKinds[kind].text,
      clause: serviceKinds[kind].clause,
      meaning: '本期内提供的该项服务，一次记一次',
      level: 1,
      unit: '次',
      of: (fact: ServiceFact) => fact.what === 'service' && fact.kind === kind,
    },
  ]),
) as Record<`service-${ServiceKind}`, ServiceRow>;

/** The rows in the order of the sheet. */
export const serviceRows = {
  decisionsDue: {
    text: '应办结的申请',
    clause: 'M79-3a',
    meaning: '办结期限在本期内的申请，本人撤回和转办的除外',
    level: 0,
    unit: '份',
    of: ({ what }) => what === 'decision',
  },
  decisionsKept: {
    text: '其中：按时办结',
    clause: 'M79-3a',
    meaning: '办结日不晚于期限',
    level: 1,
    unit: '份',
    partOf: 'decisionsDue',
    of: ({ what, kept }) => what === 'decision' && kept,
  },
  contactsDue: {
    text: '应首次联系的人员',
    clause: 'H122-2f',
    meaning: '首次联系期限在本期内的登记，期限前已退出且未联系的除外',
    level: 0,
    of: ({ what }) => what === 'contact',
  },
  contactsKept: {
    text: '其中：按时联系',
    clause: 'H122-2f',
    meaning: '首次联系日不晚于期限；没打通的电话和单向短信只是尝试，不算联系',
    level: 1,
    partOf: 'contactsDue',
    of: ({ what, kept }) => what === 'contact' && kept,
  },
  monthRegistered: {
    text: '上一自然月整月在册的人员',
    clause: 'M79-4a',
    meaning: '期末前最近一个完整自然月，月初以前登记、月末仍在册',
    level: 0,
    of: ({ what }) => what === 'month',
  },
  monthSeen: {
    text: '其中：当月跟踪到',
    clause: 'A21-5b',
    meaning: '该月至少有一次联系，或以信息比对跟踪',
    level: 1,
    partOf: 'monthRegistered',
    of: ({ what, kept }) => what === 'month' && kept,
  },
  served: {
    text: '本期接受服务的人员',
    clause: 'A21-4a',
    meaning: '本期内至少有一条服务记录，一人计一次',
    level: 0,
    of: ({ what, first }) => what === 'service' && first,
  },
  services: {
    text: '本期服务次数',
    clause: 'A21-4a',
    meaning: '本期内的服务记录',
    level: 0,
    unit: '次',
    of: ({ what }) => what === 'service',
  },
  ...kindRows,
} as const satisfies Record<string, ServiceRow>;

export type ServiceRowName = keyof typeof serviceRows;
export const serviceRowNames = Object.keys(serviceRows) as ServiceRowName[];
/** Figures of the sheet; rows that are nought are left out. */
export type ServiceFigures = Partial<Record<ServiceRowName, number>>;

/** Adds what a list holds. @throws RangeError on bytes that are no such list */
export function countServices(to: ServiceFigures, list: Uint8Array): void {
  const rows = serviceRowNames.map((name) => ({ name, row: serviceRows[name] as ServiceRow }));
  eachService(list, (fact) => {
    for (const { name, row } of rows) if (row.of(fact)) to[name] = (to[name] ?? 0) + 1;
  });
}

/** Adds the figures of a part. */
export function addServices(to: ServiceFigures, part: ServiceFigures): void {
  for (const name of serviceRowNames) {
    const count = (to[name] ?? 0) + (part[name] ?? 0);
    if (count > 0) to[name] = count;
  }
}

/** Per cent with one decimal, half up; undefined of nothing. */
export function share(part: number, whole: number): number | undefined {
  return whole === 0 ? undefined : Math.round((part * 1000) / whole) / 10;
}
