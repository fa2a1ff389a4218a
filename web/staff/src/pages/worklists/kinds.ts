import type { Query } from '@yingdeng/web-shared/routes.gen.ts';

/** The worklists. */
export type Kind = 'decision' | 'forwarded' | 'contact' | 'exit';
export type ListRoute = 'getDecisionWorklist' | 'getForwardedWorklist' | 'getContactWorklist' | 'getExitWorklist';

export interface WorklistTexts {
  readonly kind: Kind;
  readonly route: ListRoute;
  readonly to: string;
  readonly title: string;
  readonly hint: string;
  readonly number: string;
  readonly at: string;
  readonly empty: string;
  readonly note: string;
  /** Exits carry no legal due date of their own unless the server gives one. */
  readonly due: string;
  /** The states a list can be narrowed to, with their words. */
  readonly states: readonly { value: string; label: string; query: Query<'getExitWorklist'> }[];
}

const dueStates: WorklistTexts['states'] = [
  { value: 'late', label: '已逾期', query: { state: 'late', last: 'yes' } },
  { value: 'near', label: '将到期', query: { state: 'near' } },
];

export const worklists: Readonly<Record<Kind, WorklistTexts>> = {
  decision: {
    kind: 'decision',
    route: 'getDecisionWorklist',
    to: '/decisions',
    title: '待办结',
    hint: '失业登记申请，期限早的在前。期限自劳动者提交之日起算，转办不停。',
    number: '受理编号',
    at: '提交时间',
    due: '办结期限',
    note: '核查情况',
    empty: '没有待办结的申请',
    states: dueStates,
  },
  forwarded: {
    kind: 'forwarded',
    route: 'getForwardedWorklist',
    to: '/forwarded',
    title: '平台转办',
    hint: '劳动者在全国平台提交、转来确认的申请。期限自在平台提交之日起算；表里有错的与本人核对更正，期限不变。',
    number: '受理编号',
    at: '平台提交时间',
    due: '办结期限',
    note: '需要处理的',
    empty: '没有平台转来待确认的申请',
    states: dueStates,
  },
  contact: {
    kind: 'contact',
    route: 'getContactWorklist',
    to: '/contacts',
    title: '待首次联系',
    hint: '已登记、还没有联系上的人。没打通或只发了短信，算一次尝试，不算联系。',
    number: '登记编号',
    at: '登记时间',
    due: '联系期限',
    note: '最近一次尝试',
    empty: '已登记的人都联系过了',
    states: dueStates,
  },
  exit: {
    kind: 'exit',
    route: 'getExitWorklist',
    to: '/exits',
    title: '退出',
    hint: '已提出、正在征询本人意见、等待复核的退出。',
    number: '登记编号',
    at: '提出时间',
    due: '期限',
    note: '退出情形',
    empty: '没有待处理的退出',
    states: [
      { value: 'near', label: '可以办理', query: { state: 'near' } },
      { value: 'review', label: '等待复核', query: { stage: 'awaitingReview' } },
    ],
  },
};

/** Filters of a list as its address carries them. */
export const filterNames = ['office', 'assigned', 'state'] as const;

/** The address of a list with filters: what a figure leads to. */
export function listAddress(
  kind: Kind,
  filters: Readonly<Partial<Record<(typeof filterNames)[number], string>>>,
): string {
  const query = new URLSearchParams();
  for (const name of filterNames) if (filters[name]) query.set(name, filters[name]);
  return query.size > 0 ? `${worklists[kind].to}?${query}` : worklists[kind].to;
}
