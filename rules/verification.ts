import type { PlainDate } from './calendar.ts';

/** The systems asked about a person (A21-3b, H122-2d), with the name shown to people. */
export const sources = {
  socialSecurityCard: '社会保障卡持卡人员基础信息库',
  socialInsurance: '社会保险参保登记',
  employmentFiling: '就业登记、劳动用工备案',
  marketEntity: '市场主体登记',
  pension: '养老保险待遇',
  deaths: '死亡信息',
  education: '教育部门在校生、毕业生信息',
  justice: '司法行政部门收监信息',
  publicWelfarePost: '公益性岗位信息',
} as const;
export type Source = keyof typeof sources;

/** What a source can say. `silent`: no answer, an error, or nobody found. */
export type FindingSays =
  | 'silent'
  | 'matches'
  | 'differs'
  | 'employeeInsurance'
  | 'flexibleInsurance'
  | 'notInsured'
  | 'employmentFiled'
  | 'inBusiness'
  | 'drawingPension'
  | 'dead'
  | 'studying'
  | 'imprisoned'
  | 'onPost';

/** One answer of one source about one person. `answeredAt` is an ISO instant; `asOf` is the day the source's data are of. */
export type Finding = { source: Source; says: FindingSays; answeredAt: string; asOf?: PlainDate; detail?: string };

/** What a finding means for the office. `mayMean` names an exit situation (AJC00A) to ask the worker about, never a conclusion. */
export type Meaning = { opensCheck: boolean; text: string; mayMean?: string };

const lag = '用人单位可能30日后才更新信息，请先向本人了解。';
const meanings: Record<FindingSays, Meaning> = {
  silent: { opensCheck: false, text: '没有查到信息或对方没有应答。不影响办理，按本人承诺和人工核查办理。' },
  matches: { opensCheck: false, text: '与申请信息一致。' },
  differs: { opensCheck: true, text: '与申请信息不一致，请向本人核对。' },
  employeeInsurance: { opensCheck: true, text: `有单位职工参保信息，可能正在就业。${lag}`, mayMean: '11' },
  // R039: paying for oneself is not a job.
  flexibleInsurance: { opensCheck: false, text: '以灵活就业身份缴费。缴费不等于就业，仅供询问时参考。' },
  notInsured: { opensCheck: false, text: '没有参保信息。与失业登记无关，不得作为办理依据。' },
  employmentFiled: { opensCheck: true, text: `有就业登记或劳动用工备案，可能正在就业。${lag}`, mayMean: '11' },
  inBusiness: { opensCheck: true, text: '名下有市场主体。可能已停业未注销，请向本人了解是否在经营。', mayMean: '12' },
  drawingPension: { opensCheck: true, text: '可能已享受基本养老保险待遇，请核实待遇种类。', mayMean: '21' },
  dead: { opensCheck: true, text: '有死亡信息，请向家属或社区核实，核实前不要发消息。', mayMean: '26' },
  studying: { opensCheck: true, text: '有在校信息，请向本人了解是否在读。', mayMean: '24' },
  imprisoned: { opensCheck: true, text: '有收监信息，请向司法行政部门核实；监外执行的可以登记。', mayMean: '25' },
  onPost: { opensCheck: true, text: '有公益性岗位信息，请核实是否在岗。', mayMean: '14' },
};

/**
 * What a finding may mean (A21-3b, H122-2d). It opens a check or it does not; it never refuses, never ends a registration, never moves a due date.
 * Silence means nothing (domain R027).
 */
export function meaningOf(finding: Finding): Meaning {
  const meaning = meanings[finding.says];
  return { ...meaning, text: `${sources[finding.source]}：${meaning.text}` };
}
