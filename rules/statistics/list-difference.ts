// Two lists of the same office and kind, person by person: what the sealed one says and what the ledger says today.
import { eachService, type ServiceFact } from './service-sheet.ts';
import {
  eachMovement,
  eachStanding,
  idsAt,
  type Movement,
  recordBytes,
  type Standing,
  traitNames,
  viewOf,
} from './standing.ts';

/** What differs about a registration. `fields` are named as the screen names them. */
export interface ListDifference {
  readonly registration: string;
  readonly person: string;
  /** `gone`: sealed, no longer in the ledger; `come`: in the ledger, not sealed; `changed`: in both with other facts. */
  readonly kind: 'gone' | 'come' | 'changed';
  readonly fields: readonly string[];
}

/** The lists that can be compared. */
export type ComparedKind = 'stock' | 'movements' | 'services';

const texts = {
  kind: '变动',
  on: '日期',
  code: '退出原因',
  registeredOn: '登记日期',
  bornOn: '出生日期',
  sex: '性别',
  reason: '失业原因',
  source: '登记来源',
  place: '登记失业地',
  household: '户籍',
  disabled: '残疾',
  difficulty: '就业困难人员',
  zeroEmploymentHousehold: '零就业家庭',
  ruralWorker: '户口性质',
  benefit: '失业保险金',
  unemploymentSubsidy: '失业补助金',
  oneOffAllowance: '一次性生活补助',
  graduate: '高校毕业生',
  veteran: '退役军人',
  hkMacaoTaiwan: '港澳台居民',
  townRegistered: '登记地城镇',
  townResident: '常住地城镇',
} as const satisfies Record<keyof Movement, string>;
const serviceTexts = {
  what: '事项',
  kept: '是否按时',
  first: '人数',
  kind: '服务项目',
  on: '日期',
} as const satisfies Record<keyof ServiceFact, string>;
const standingFields = [
  'registeredOn',
  'bornOn',
  'sex',
  'reason',
  'source',
  'place',
  'household',
  ...traitNames,
] as const;
const movementFields = ['kind', 'on', 'code', ...standingFields] as const;

/** Where the records of the registration that begins at a place end; lists are in order of registrations. */
function endOf(view: DataView, from: number): number {
  let to = from + recordBytes;
  while (to < view.byteLength && compareIds(view, from, view, to) === 0) to += recordBytes;
  return to;
}

function compareIds(a: DataView, at: number, b: DataView, bt: number): number {
  for (let byte = 0; byte < 16; byte += 4) {
    const difference = a.getUint32(at + byte) - b.getUint32(bt + byte);
    if (difference !== 0) return difference;
  }
  return 0;
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}

/** Fields by which the records of a registration differ; none to name when there are more or fewer of them. */
function fieldsThatDiffer(sealed: Uint8Array, today: Uint8Array, kind: ComparedKind): string[] {
  if (sealed.length !== today.length) return [];
  if (kind === 'services') {
    const read = (list: Uint8Array): ServiceFact[] => {
      const found: ServiceFact[] = [];
      eachService(list, (one) => found.push({ ...one }));
      return found;
    };
    const [before, after] = [read(sealed), read(today)];
    const names = Object.keys(serviceTexts) as (keyof ServiceFact)[];
    return names
      .filter((name) => before.some((one, i) => one[name] !== after[i]?.[name]))
      .map((name) => serviceTexts[name]);
  }
  const read = (list: Uint8Array): (Standing & Partial<Movement>)[] => {
    const found: Standing[] = [];
    if (kind === 'movements') eachMovement(list, (one) => found.push({ ...one }));
    else eachStanding(list, (one) => found.push({ ...one }));
    return found;
  };
  const [before, after] = [read(sealed), read(today)];
  const names = kind === 'movements' ? movementFields : standingFields;
  return names.filter((name) => before.some((one, i) => one[name] !== after[i]?.[name])).map((name) => texts[name]);
}

/** Compares a list of the stock, of movements or of services with the same list of another day. Both are in order of their registrations. */
export function differingRecords(sealed: Uint8Array, today: Uint8Array, kind: ComparedKind): ListDifference[] {
  const found: ListDifference[] = [];
  const [before, after] = [viewOf(sealed), viewOf(today)];
  for (let at = 0, bt = 0; at < sealed.length || bt < today.length; ) {
    const order = at === sealed.length ? 1 : bt === today.length ? -1 : compareIds(before, at, after, bt);
    const to = order > 0 ? at : endOf(before, at);
    const too = order < 0 ? bt : endOf(after, bt);
    if (order < 0) found.push({ ...idsAt(sealed, at), kind: 'gone', fields: [] });
    else if (order > 0) found.push({ ...idsAt(today, bt), kind: 'come', fields: [] });
    else {
      const [was, is] = [sealed.subarray(at, to), today.subarray(bt, too)];
      if (!sameBytes(was, is))
        found.push({ ...idsAt(sealed, at), kind: 'changed', fields: fieldsThatDiffer(was, is, kind) });
    }
    [at, bt] = [to, too];
  }
  return found;
}
