import { createHash } from 'node:crypto';
import { birthOfNumber, sexOfNumber } from '../common/resident-number.ts';

export type SourceRecord = Record<string, unknown>;

/** The sources and their names. README.md describes the records of each. */
export const SOURCES: Readonly<Record<string, string>> = {
  socialSecurityCard: '社会保障卡持卡人员基础信息',
  socialInsurance: '社会保险参保登记',
  employmentFiling: '劳动用工备案',
  marketEntity: '市场主体登记',
  pension: '养老保险待遇',
  deaths: '死亡信息',
};

/** Situations a demonstration may give a person: what each source named then answers (null: the invented answer). */
export const SITUATIONS: Readonly<
  Record<string, { text: string; answers: Readonly<Record<string, SourceRecord[] | null>> }>
> = {
  usual: {
    text: '恢复推算的答复',
    answers: {
      socialSecurityCard: null,
      socialInsurance: null,
      employmentFiling: null,
      marketEntity: null,
      pension: null,
      deaths: null,
    },
  },
  employed: {
    text: '单位正在为其参保',
    answers: {
      socialInsurance: [
        { scheme: 'employee', employer: '太行电子有限公司', from: '2026-10-01', to: null, paidThrough: '2026-10' },
      ],
      employmentFiling: [{ employer: '太行电子有限公司', from: '2026-10-01', to: null }],
    },
  },
  flexible: {
    text: '以灵活就业人员身份缴费',
    answers: {
      socialInsurance: [{ scheme: 'flexible', employer: null, from: '2026-01-01', to: null, paidThrough: '2026-10' }],
    },
  },
  business: {
    text: '名下有存续的个体工商户',
    answers: {
      marketEntity: [{ name: '怀川小吃店', kind: '个体工商户', role: '经营者', since: '2026-05-06', status: '存续' }],
    },
  },
  pension: {
    text: '已领取基本养老金',
    answers: { pension: [{ kind: '城镇职工基本养老保险', since: '2026-03-01', status: '正常领取' }] },
  },
  dead: { text: '已死亡', answers: { deaths: [{ diedOn: '2026-10-08' }] } },
  unknown: {
    text: '各数据源都查不到',
    answers: {
      socialSecurityCard: [],
      socialInsurance: [],
      employmentFiling: [],
      marketEntity: [],
      pension: [],
      deaths: [],
    },
  },
};

const EMPLOYERS = [
  '焦作青禾食品有限公司',
  '焦作云台机械厂',
  '鞍山北岸物流有限公司',
  '怀州文具商行',
  '太行电子有限公司',
];

/** A number in [0, 1) that depends only on the person and the purpose. */
function chance(idNumber: string, purpose: string): number {
  return createHash('sha256').update(`${purpose}:${idNumber}`).digest().readUInt32BE(0) / 4294967296;
}

function pick<T>(list: readonly T[], idNumber: string, purpose: string): T {
  return list[Math.floor(chance(idNumber, purpose) * list.length)] as T;
}

/**
 * The invented answer of a source: the same for the same number, whatever the day. Of a hundred people about five
 * are still insured by an employer, five insure themselves as flexible workers, three run a business; a third of
 * those born before 1966 draw a pension. Nobody is dead unless the control says so.
 * `plain` leaves out everything that would open a check.
 */
export function invented(source: string, idNumber: string, name: string, plain: boolean): SourceRecord[] {
  const luck = plain ? 1 : chance(idNumber, source);
  const employer = pick(EMPLOYERS, idNumber, 'employer');
  const from = `${2015 + Math.floor(chance(idNumber, 'from') * 5)}-0${1 + Math.floor(chance(idNumber, 'month') * 9)}-01`;
  switch (source) {
    case 'socialSecurityCard':
      if (luck < 0.03) return [];
      return [{ name, idNumber, sex: sexOfNumber(idNumber) ?? '9', cardNumber: cardNumber(idNumber) }];
    case 'socialInsurance':
      if (luck < 0.05) return [{ scheme: 'employee', employer, from, to: null, paidThrough: '2026-10' }];
      if (luck < 0.1) return [{ scheme: 'flexible', employer: null, from, to: null, paidThrough: '2026-10' }];
      if (luck < 0.25) return [];
      return [{ scheme: 'employee', employer, from, to: '2026-08-31', paidThrough: '2026-08' }];
    case 'employmentFiling':
      if (luck < 0.04) return [{ employer, from, to: null }];
      if (luck < 0.3) return [];
      return [{ employer, from, to: '2026-08-31' }];
    case 'marketEntity':
      if (luck >= 0.03) return [];
      return [{ name: `${name}小吃店`, kind: '个体工商户', role: '经营者', since: from, status: '存续' }];
    case 'pension':
      if (luck >= 0.33 || (birthOfNumber(idNumber) ?? '9') >= '19660101') return [];
      return [{ kind: '城镇职工基本养老保险', since: from, status: '正常领取' }];
    default:
      return [];
  }
}

function cardNumber(idNumber: string): string {
  return `H${String(Math.floor(chance(idNumber, 'card') * 1e8)).padStart(8, '0')}`;
}
