import type { PlainDate } from './calendar.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Every kind of service of A21-4 and M79-3b, as a service record and a step of a plan name it, with the clause that asks for it. */
export const serviceKinds = {
  policyAdvice: { text: '政策法规咨询', clause: 'A21-4c' },
  introduction: { text: '职业介绍', clause: 'A21-4c' },
  guidance: { text: '职业指导', clause: 'A21-4c' },
  jobSearchSkills: { text: '求职技巧指导', clause: 'A21-4d' },
  matching: { text: '推荐岗位', clause: 'A21-4d' },
  askedAfterwards: { text: '回访求职结果', clause: 'A21-4d' },
  training: { text: '职业培训', clause: 'A21-4d' },
  startUp: { text: '创业培训和开业指导', clause: 'A21-4e' },
  guaranteedLoan: { text: '协助申请创业担保贷款', clause: 'A21-4e' },
  counselling: { text: '心理疏导', clause: 'A21-4f' },
  problemTracking: { text: '跟踪解决困难', clause: 'A21-4f' },
  publicWelfarePost: { text: '公益性岗位安置', clause: 'A21-4f' },
  policyApplication: { text: '受理政策申请', clause: 'A21-4g' },
  benefit: { text: '协助申领失业保险金', clause: 'A21-4h' },
  other: { text: '其他服务', clause: 'A21-4a' },
} as const;
export type ServiceKind = keyof typeof serviceKinds;

/** How a service ended, as far as is known when it is written down. */
export const serviceResults = {
  done: '已完成',
  going: '进行中',
  declined: '本人暂不需要',
  noFit: '暂没有合适的',
} as const;
export type ServiceResult = keyof typeof serviceResults;

/** A service as it is written down: what was done and what came of it, at once (A21-5a). */
export interface GivenService {
  readonly kind: ServiceKind;
  readonly content: string;
  readonly result: ServiceResult;
  /** What came of it in words; may be empty while it is going on. */
  readonly outcome: string;
  readonly on: PlainDate;
}

/** What is wrong with a service record, or null (A21-4a: all of it is recorded; A21-5a: content and result, in real time). */
export function checkService(
  given: GivenService,
  on: { registeredOn: PlainDate; today: PlainDate; deceasedOn?: PlainDate },
): Refusal | null {
  const no = (why: string, clause = 'A21-5a') => refuse('service.faulty', why, clause);
  if (given.on > on.today) return no('服务日期不能晚于今天。');
  if (given.on < on.registeredOn) return no('服务日期不能早于登记日期。');
  if (on.deceasedOn !== undefined && given.on > on.deceasedOn) return no('此人已登记死亡，不能记录死亡之后的服务。');
  if (given.content.trim().length < 4) return no('请写明服务内容，如推荐了哪个岗位、讲了哪项政策。', 'A21-4a');
  if (given.result === 'done' && given.outcome.trim() === '') return no('已完成的服务，请写明结果。');
  if (given.result === 'declined' && given.outcome.trim() === '')
    return no('本人暂不需要的，请写明本人怎么说。记录不影响登记。');
  return null;
}
