// The service sheet of a period (A21-4a, M79-3a, M79-4a): decided in time, contacted in time, followed up, served. Each row is one predicate over
// what happened; how often each thing happened comes counted from the registers.
import { type ServiceKind, serviceKinds } from '../service.ts';

/** What happened, and how often: things that are alike are one entry. */
export interface ServiceFact {
  /**
   * `decision`: an application whose decision was due in the period; `contact`: a registration whose first contact was due in it; `month`: a person
   * registered the whole of the last full calendar month; `person`: a person who was served in the period; `service`: one service given in it.
   */
  readonly what: 'decision' | 'contact' | 'month' | 'person' | 'service';
  /** In time, or seen that month. */
  readonly kept: boolean;
  /** Kind of a service. */
  readonly kind: string;
  readonly count: number;
}

/** A row of the sheet. */
export interface ServiceRow {
  readonly text: string;
  readonly clause: string;
  readonly meaning: string;
  readonly level: 0 | 1;
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
    of: ({ what }) => what === 'decision',
  },
  decisionsKept: {
    text: '其中：按时办结',
    clause: 'M79-3a',
    meaning: '办结日不晚于期限',
    level: 1,
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
    of: ({ what }) => what === 'person',
  },
  services: {
    text: '本期服务次数',
    clause: 'A21-4a',
    meaning: '本期内的服务记录',
    level: 0,
    of: ({ what }) => what === 'service',
  },
  ...kindRows,
} as const satisfies Record<string, ServiceRow>;

export type ServiceRowName = keyof typeof serviceRows;
export const serviceRowNames = Object.keys(serviceRows) as ServiceRowName[];
/** Figures of the sheet; rows that are nought are left out. */
export type ServiceFigures = Partial<Record<ServiceRowName, number>>;

/** Counts the rows. */
export function countServices(facts: readonly ServiceFact[]): ServiceFigures {
  const figures: ServiceFigures = {};
  for (const name of serviceRowNames) {
    const row: ServiceRow = serviceRows[name];
    const count = facts.reduce((sum, fact) => sum + (row.of(fact) ? fact.count : 0), 0);
    if (count > 0) figures[name] = count;
  }
  return figures;
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
