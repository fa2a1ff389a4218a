import type { PlainDate } from './calendar.ts';
import { type Refusal, refuse } from './refusal.ts';

/** Training projects and enrolment (A21-4d, A21-4e). */
export const trainingKinds = { skill: '职业技能培训', startUp: '创业培训' } as const;
export type TrainingKind = keyof typeof trainingKinds;

/** A project as it is entered. `fee` in yuan, 0: free; `occupation` as contract/occupations.ts names it, none for start-up courses. */
export interface GivenProject {
  readonly name: string;
  readonly kind: TrainingKind;
  readonly occupation: string;
  readonly institution: string;
  readonly place: string;
  readonly startsOn: PlainDate;
  readonly endsOn: PlainDate;
  readonly applyBy: PlainDate;
  readonly seats: number;
  readonly fee: number;
  readonly telephone: string;
  readonly content: string;
}

/** What a project lacks before it is kept, or null. `known`: the occupations there are. */
export function checkProject(
  project: GivenProject,
  on: { today: PlainDate; known: (code: string) => boolean },
): Refusal | null {
  const no = (why: string) => refuse('service.faulty', why, 'A21-4d');
  const texts: readonly (readonly [string, string])[] = [
    [project.name, '项目名称'],
    [project.institution, '培训机构'],
    [project.place, '培训地点'],
  ];
  const empty = texts.find(([text]) => text.trim().length < 2);
  if (empty) return no(`${empty[1]}：请填写。`);
  if (project.kind === 'skill' && !on.known(project.occupation)) return no('职业：请从职业表里选。');
  if (!/^\d[\d-]{6,19}$/.test(project.telephone.trim()) || /^1\d{10}$/.test(project.telephone.trim()))
    return no('咨询电话：请填座机，带区号；手机号属于个人信息，不收。');
  if (project.endsOn < project.startsOn) return no('结束日期：不能早于开始日期。');
  if (project.applyBy < on.today) return no('报名截止：不能早于今天。');
  if (project.applyBy > project.endsOn) return no('报名截止：不能晚于结束日期。');
  if (!Number.isInteger(project.seats) || project.seats < 1 || project.seats > 1000)
    return no('名额：应为1至1000之间的整数。');
  if (!Number.isInteger(project.fee) || project.fee < 0 || project.fee > 100_000)
    return no('收费：应为0至100000之间的整数，单位元；免费填0。');
  return null;
}

export const enrolmentStateText = {
  wished: '想参加',
  enrolled: '已报名',
  finished: '已结业',
  dropped: '没有学完',
  declined: '没有报上',
} as const;
export type EnrolmentState = keyof typeof enrolmentStateText;
export type EnrolmentAction = 'enrol' | 'decline' | 'finish' | 'drop';

/** Which action leads where; what is absent is refused. */
export const enrolmentTable: Readonly<Record<EnrolmentState, Partial<Record<EnrolmentAction, EnrolmentState>>>> = {
  wished: { enrol: 'enrolled', decline: 'declined' },
  enrolled: { finish: 'finished', drop: 'dropped' },
  finished: {},
  dropped: {},
  declined: {},
};
export const enrolmentActionText = {
  enrol: '报名',
  decline: '没有报上',
  finish: '结业',
  drop: '没有学完',
} as const satisfies Record<EnrolmentAction, string>;

/** An act on an enrolment. `certificate`: as the person names it; never asked for on paper (M79-2c). */
export interface GivenEnrolmentAct {
  readonly action: EnrolmentAction;
  readonly consent: boolean;
  readonly certificate: string;
  readonly text: string;
}

/** The state after an act, or why not. To enrol takes the person's consent; to decline or drop takes the reason. */
export function nextEnrolment(
  state: EnrolmentState,
  given: GivenEnrolmentAct,
  on: { today: PlainDate; startsOn: PlainDate },
): EnrolmentState | Refusal {
  const next = enrolmentTable[state][given.action];
  if (!next)
    return refuse(
      'service.notAllowed',
      `这次报名${enrolmentStateText[state]}，不能再记“${enrolmentActionText[given.action]}”。`,
    );
  const no = (why: string) => refuse('service.faulty', why, 'A21-4d');
  if (given.action === 'enrol' && !given.consent) return no('报名前须征得本人同意。');
  if ((given.action === 'decline' || given.action === 'drop') && given.text.trim().length < 2)
    return no(given.action === 'drop' ? '请写明没有学完的原因。' : '请写明没有报上的原因，本人会看到。');
  if (given.action === 'finish' && on.today < on.startsOn) return no('培训还没有开始，不能记结业。');
  return next;
}

/** Whether a course fits what a person looks for; absent: it does not. */
export function trainingFit(
  project: { readonly kind: TrainingKind; readonly occupation: string | null },
  wish: { readonly occupations: readonly string[]; readonly startUp: boolean },
): 'occupation' | 'related' | 'startUp' | undefined {
  if (project.kind === 'startUp') return wish.startUp ? 'startUp' : undefined;
  const code = project.occupation ?? '';
  if (wish.occupations.includes(code)) return 'occupation';
  return wish.occupations.some((one) => one[0] === code[0]) ? 'related' : undefined;
}
export const trainingFitText = { occupation: '对口', related: '相近', startUp: '有创业意愿' } as const;
