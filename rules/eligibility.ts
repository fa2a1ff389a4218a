import type { PlainDate } from './calendar.ts';

/**
 * All that a decision may look at. Insured status, benefit eligibility, household kind and papers are not here and cannot be
 * passed (M79-2a…f, A21-7a): the list is closed by the type and by `decisionFacts`. A fact is true only when it is established,
 * by evidence, after the worker was asked; a source that is silent establishes nothing.
 */
export type DecisionFacts = {
  identityEstablished: boolean;
  birthDate: PlainDate;
  appliedOn: PlainDate;
  /** Full years; provision `lowerAge` of the day of application. */
  lowerAge: number;
  drawingPension: boolean;
  employed: boolean;
  inBusiness: boolean;
  incomeAboveMinimum: boolean;
  noCapacity: boolean;
  imprisoned: boolean;
  dead: boolean;
  alreadyRegistered: boolean;
};

/** What an office may happen to know about a person besides; none of it reaches the decision. */
export type AllFacts = DecisionFacts & {
  insuredLocally?: boolean;
  everInsured?: boolean;
  flexiblyInsured?: boolean;
  benefitEligible?: boolean;
  wantsBenefit?: boolean;
  papersComplete?: boolean;
  householdDivision?: string;
  residenceDivision?: string;
  ruralHousehold?: boolean;
};

/** Narrows everything known to what may be decided on, field by field, so that nothing rides along. */
export function decisionFacts(all: AllFacts): DecisionFacts {
  return {
    identityEstablished: all.identityEstablished,
    birthDate: all.birthDate,
    appliedOn: all.appliedOn,
    lowerAge: all.lowerAge,
    drawingPension: all.drawingPension,
    employed: all.employed,
    inBusiness: all.inBusiness,
    incomeAboveMinimum: all.incomeAboveMinimum,
    noCapacity: all.noCapacity,
    imprisoned: all.imprisoned,
    dead: all.dead,
    alreadyRegistered: all.alreadyRegistered,
  };
}

/** What an office can hold in hand for a ground. None of them is a paper asked of the worker. */
export const evidenceKinds = {
  documentCheck: '有效身份证件核验记录',
  cardholderFinding: '社会保障卡持卡人员基础信息比对结果',
  identityNumber: '公民身份号码中的出生日期',
  pensionFinding: '养老保险待遇比对结果',
  socialInsuranceFinding: '社会保险参保比对结果',
  employmentFinding: '就业登记、劳动用工备案比对结果',
  marketFinding: '市场主体登记比对结果',
  workerStatement: '本人说明',
  investigation: '工作人员调查记录',
  capacityFinding: '劳动能力鉴定结果',
  justiceFinding: '司法行政部门比对结果',
  deathFinding: '死亡信息比对结果',
  registrationRecord: '有效失业登记记录',
} as const;
export type EvidenceKind = keyof typeof evidenceKinds;

/** A piece of evidence in the case. `source` says who or what system, `date` when it was obtained. */
export type Evidence = { kind: EvidenceKind; source: string; date: PlainDate; note?: string };

export const grounds = [
  'identityNotEstablished',
  'underAge',
  'drawingPension',
  'employed',
  'inBusiness',
  'incomeAboveMinimum',
  'noCapacity',
  'imprisoned',
  'dead',
  'alreadyRegistered',
] as const;
export type Ground = (typeof grounds)[number];

export type GroundRule = {
  /** For the clerk's list and the record. */
  text: string;
  clause: string;
  /** One of each group must be in the case. */
  evidence: readonly (readonly EvidenceKind[])[];
  /** What the worker reads; the dead are not written to. */
  toWorker: string;
  whatToDo: string;
};

// An employer may report late (domain §5.11), so a match alone is never enough: the worker said so, or a colleague looked.
const confirmed: readonly EvidenceKind[] = ['workerStatement', 'investigation'];
const objection = '如与实际情况不符，请联系办理机构提出异议，由工作人员调查核实。';

/**
 * The closed list of permitted grounds (M79-2f, domain R038): the complement of who may register (A21-1a, M79-10a). Prison and death are
 * the ends of the wish to work that A21-5f names. No age above the lower one is ever a ground: the upper end is drawing a basic pension.
 */
export const groundRules: Record<Ground, GroundRule> = {
  identityNotEstablished: {
    text: '经核验，不能确认申请人身份',
    clause: 'A21-2c',
    evidence: [['documentCheck', 'cardholderFinding'], ['investigation']],
    toWorker: '我们没能确认这份申请是您本人提出的。',
    whatToDo: `请带本人有效身份证件到办理机构当面确认，确认后可以马上重新申请。${objection}`,
  },
  underAge: {
    text: '申请之日未达到最低登记年龄',
    clause: 'A21-1a',
    evidence: [['identityNumber', 'documentCheck']],
    toWorker: '您申请时还没有达到最低登记年龄。',
    whatToDo: `到达年龄当天起，您就可以重新申请。${objection}`,
  },
  drawingPension: {
    text: '已依法享受基本养老保险待遇',
    clause: 'A21-1a',
    evidence: [['pensionFinding', 'workerStatement']],
    toWorker: '经核实，您已依法享受基本养老保险待遇，不再办理失业登记。',
    whatToDo: `您仍可以到公共就业服务机构咨询求职。${objection}`,
  },
  employed: {
    text: '经核实，处于被用人单位录用或招聘状态',
    clause: 'A21-5e',
    evidence: [['employmentFinding', 'socialInsuranceFinding', 'investigation'], confirmed],
    toWorker: '经核实，您目前在用人单位就业。',
    whatToDo: `不再工作后，您可以随时重新申请。${objection}`,
  },
  inBusiness: {
    text: '经核实，正在从事个体经营、创办企业或民办非企业',
    clause: 'A21-5e',
    evidence: [['marketFinding', 'investigation'], confirmed],
    toWorker: '经核实，您目前正在从事个体经营或者创办企业、民办非企业。',
    whatToDo: `停止经营后，您可以随时重新申请。${objection}`,
  },
  incomeAboveMinimum: {
    text: '经核实，已从事有稳定收入的劳动，并且月收入不低于当地最低生活保障标准',
    clause: 'A21-5e',
    evidence: [confirmed],
    toWorker: '经核实，您目前有稳定收入的劳动，月收入不低于当地最低生活保障标准。',
    whatToDo: `收入中断或者低于标准后，您可以随时重新申请。${objection}`,
  },
  noCapacity: {
    text: '完全丧失劳动能力',
    clause: 'A21-5f',
    evidence: [['capacityFinding']],
    toWorker: '劳动能力鉴定结果显示，您已完全丧失劳动能力。',
    whatToDo: `您可以向当地民政部门咨询社会救助。劳动能力恢复后，可以重新申请。${objection}`,
  },
  imprisoned: {
    text: '被判刑收监执行',
    clause: 'A21-5f',
    evidence: [['justiceFinding']],
    toWorker: '司法行政部门的信息显示，您正在收监执行。',
    whatToDo: `刑满释放、假释或者监外执行后，可以马上重新申请。${objection}`,
  },
  dead: {
    text: '申请人已死亡',
    clause: 'A21-5f',
    evidence: [['deathFinding'], ['investigation']],
    toWorker: '信息显示申请人已去世，申请不再办理。',
    whatToDo: objection,
  },
  alreadyRegistered: {
    text: '已有有效的失业登记',
    clause: 'A21-2d',
    evidence: [['registrationRecord']],
    toWorker: '您已经办理了失业登记，登记仍然有效。',
    whatToDo: `您可以直接享受公共就业服务。想换办理地点的，请联系现登记机构办理转移。${objection}`,
  },
};

/** The day a person reaches an age: the birthday itself; for 29 February in a common year, 1 March. */
export function reachesAgeOn(birthDate: PlainDate, age: number): PlainDate {
  const year = Number(birthDate.slice(0, 4)) + age;
  const monthDay = birthDate.slice(4);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return `${String(year).padStart(4, '0')}${monthDay === '-02-29' && !leap ? '-03-01' : monthDay}`;
}

const stands: Record<Ground, (facts: DecisionFacts) => boolean> = {
  identityNotEstablished: (facts) => !facts.identityEstablished,
  underAge: (facts) => facts.appliedOn < reachesAgeOn(facts.birthDate, facts.lowerAge),
  drawingPension: (facts) => facts.drawingPension,
  employed: (facts) => facts.employed,
  inBusiness: (facts) => facts.inBusiness,
  incomeAboveMinimum: (facts) => facts.incomeAboveMinimum,
  noCapacity: (facts) => facts.noCapacity,
  imprisoned: (facts) => facts.imprisoned,
  dead: (facts) => facts.dead,
  alreadyRegistered: (facts) => facts.alreadyRegistered,
};

/** The grounds on which this application may be refused, in the order of the list; none means it is registered. */
export function groundsToRefuse(facts: DecisionFacts): Ground[] {
  return grounds.filter((ground) => stands[ground](facts));
}

/** The evidence a ground still lacks: each inner list is one of which any will do. */
export function missingEvidence(ground: Ground, evidence: readonly Evidence[]): (readonly EvidenceKind[])[] {
  return groundRules[ground].evidence.filter((group) => !evidence.some((piece) => group.includes(piece.kind)));
}

/** True when the text is one of the permitted grounds. */
export function isGround(value: unknown): value is Ground {
  return typeof value === 'string' && (grounds as readonly string[]).includes(value);
}
