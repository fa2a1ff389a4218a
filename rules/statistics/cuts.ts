// Who counts where (其中项): each column of the report is one predicate over a person, with the clause it stands on.
import type { Known, Standing } from './standing.ts';

/** What a column may look at beside the person: the last day of the period as YYYYMMDD, and the city of the report. */
export interface CutContext {
  readonly day: number;
  /** First four digits of the division. */
  readonly city: number;
}

/** A column. `of` answers undefined when the facts are missing: such persons are counted as unknown, never as no. */
export interface Cut {
  readonly text: string;
  readonly clause: string;
  /** What exactly is counted, for whoever reads the sheet. */
  readonly meaning: string;
  of(person: Standing, on: CutContext): Known;
}

/** Whole years at the end of a day, as the law counts them: on the birthday itself a year is full. */
export function yearsBetween(from: number, day: number): number {
  return Math.floor((day - from) / 10_000);
}

const aged =
  (lowest: number, highest: number) =>
  ({ bornOn }: Standing, { day }: CutContext): Known => {
    if (bornOn === 0) return undefined;
    const years = yearsBetween(bornOn, day);
    return years >= lowest && years <= highest;
  };

/** The columns in the order of the sheet. */
export const cuts = {
  all: { text: '合计', clause: 'M79-10a', meaning: '在本地登记、期末登记仍有效的人员', of: () => true },
  women: {
    text: '女性',
    clause: 'M79-10a',
    meaning: '性别为女',
    of: ({ sex }) => (sex === 'unknown' ? undefined : sex === 'female'),
  },
  age16to24: { text: '16—24岁', clause: 'M79-10a', meaning: '期末年满16周岁、不满25周岁', of: aged(16, 24) },
  age25to45: { text: '25—45岁', clause: 'M79-10a', meaning: '期末年满25周岁、不满46周岁', of: aged(25, 45) },
  age46up: { text: '46岁及以上', clause: 'M79-10a', meaning: '期末年满46周岁', of: aged(46, 199) },
  graduates: {
    text: '高校毕业生',
    clause: 'H122-3a',
    meaning: '列入离校未就业高校毕业生名单的登记失业人员',
    of: ({ graduate }) => graduate,
  },
  longTerm: {
    text: '长期失业',
    clause: 'M79-10a',
    meaning: '期末登记满1年',
    of: ({ registeredOn }, { day }) => yearsBetween(registeredOn, day) >= 1,
  },
  difficulty: {
    text: '就业困难人员',
    clause: 'M79-5a',
    meaning: '期末认定有效的就业困难人员',
    of: ({ difficulty }) => difficulty,
  },
  disabled: {
    text: '残疾人',
    clause: 'A21-8a',
    meaning: '登记表填有残疾或伤残等级',
    of: ({ disabled }) => disabled,
  },
  zeroEmploymentHousehold: {
    text: '零就业家庭',
    clause: 'M79-5a',
    meaning: '按零就业家庭成员认定、期末有效',
    of: ({ zeroEmploymentHousehold }) => zeroEmploymentHousehold,
  },
  ruralWorkers: {
    text: '农民工',
    clause: 'A21-6a',
    meaning: '农业户口的登记失业人员',
    of: ({ ruralWorker }) => ruralWorker,
  },
  nonLocal: {
    text: '非本地户籍',
    clause: 'A21-6a',
    meaning: '户籍不在本市',
    of: ({ household }, { city }) => (household === 0 ? undefined : Math.floor(household / 100) !== city),
  },
  benefit: {
    text: '领取失业保险金',
    clause: 'A21-4h',
    meaning: '期末正在领取失业保险金',
    of: ({ benefit }) => benefit,
  },
  unemploymentSubsidy: {
    text: '领取失业补助金',
    clause: 'H122-3a',
    meaning: '期末在失业补助金名单上的登记失业人员',
    of: ({ unemploymentSubsidy }) => unemploymentSubsidy,
  },
  oneOffAllowance: {
    text: '领取一次性生活补助',
    clause: 'H122-3a',
    meaning: '期末在一次性生活补助名单上的登记失业人员',
    of: ({ oneOffAllowance }) => oneOffAllowance,
  },
  veterans: { text: '退役军人', clause: 'M79-10a', meaning: '退役军人', of: ({ veteran }) => veteran },
  hkMacaoTaiwan: {
    text: '港澳台居民',
    clause: 'A21-1c',
    meaning: '持港澳台居民居住证件登记',
    of: ({ hkMacaoTaiwan }) => hkMacaoTaiwan,
  },
  townRegistered: {
    text: '城镇（登记地）',
    clause: 'M79-10a',
    meaning: '在城镇区域办理登记',
    of: ({ townRegistered }) => townRegistered,
  },
  townResident: {
    text: '城镇（常住地）',
    clause: 'A21-6a',
    meaning: '常住地为城镇，不论户籍在哪里',
    of: ({ townResident }) => townResident,
  },
} as const satisfies Record<string, Cut>;

export type CutName = keyof typeof cuts;
export const cutNames = Object.keys(cuts) as CutName[];
