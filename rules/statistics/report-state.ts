// The way of a monthly report (M79-9): open → cut → computed → checked → approved by a second person → sealed and sent.
import { type Refusal, refuse } from '../refusal.ts';

/** States in order, with their words. */
export const reportStates = {
  open: '未到期末',
  cut: '已截取名册',
  computed: '已计算',
  checked: '已审核',
  approved: '已批准',
  sealed: '已封存报送',
} as const;
export type ReportState = keyof typeof reportStates;

/** What is done with a report, with the words of its history. */
export const reportActions = {
  cut: '截取名册',
  compute: '计算报表',
  check: '审核',
  approve: '批准',
  giveBack: '退回重算',
  seal: '封存并报送',
} as const;
export type ReportAction = keyof typeof reportActions;

const table: Readonly<Record<ReportState, Partial<Record<ReportAction, ReportState>>>> = {
  open: { cut: 'cut' },
  cut: { compute: 'computed', cut: 'cut' },
  computed: { check: 'checked', giveBack: 'open' },
  checked: { approve: 'approved', giveBack: 'open' },
  approved: { seal: 'sealed', giveBack: 'open' },
  sealed: {},
};

/** What may be done in a state. */
export const reportActionsIn = (state: ReportState): ReportAction[] => Object.keys(table[state]) as ReportAction[];

/** What a step needs to know. */
export interface ReportStep {
  /** The period is over: 24:00 of its last day has passed. */
  readonly over: boolean;
  /** Checks that do not hold, in words. */
  readonly failing: readonly string[];
  /** Who checked it. */
  readonly checkedBy?: string | undefined;
  readonly by: string;
  /** The month before: sealed, or none; not sealed yet; or sealed anew since this report took its closing as opening. */
  readonly last: 'sealed' | 'open' | 'newer';
  readonly reason?: string | undefined;
}

/**
 * The state after a step, or why it is not to be had: nothing before the period is over, no check over a sheet that does not balance,
 * nobody approves what he or she checked, nothing is sealed before the month before, and what is sealed stays.
 */
export function nextReport(state: ReportState, action: ReportAction, step: ReportStep): ReportState | Refusal {
  const next = table[state][action];
  if (next === undefined)
    return refuse('report.notAllowed', `报表${reportStates[state]}，不能${reportActions[action]}。`, 'M79-9');
  if (action === 'cut' && !step.over) return refuse('report.notAllowed', '报表期还没有结束，不能截取名册。', 'M79-9');
  if (action === 'check' && step.failing.length > 0)
    return refuse('report.notAllowed', `还有不平衡的地方：${step.failing.join('；')}。`, 'A21-6b');
  if (action === 'approve' && step.checkedBy === step.by)
    return refuse('report.notAllowed', '审核和批准应由两个人分别办理。', 'M79-9');
  if (action === 'seal' && step.last === 'open')
    return refuse('report.notAllowed', '上一期报表还没有封存，请先封存上一期。', 'M79-9');
  if (action === 'seal' && step.last === 'newer')
    return refuse('report.notAllowed', '上一期报表已重新封存，本期期初不再是它的期末，请退回重算。', 'M79-9');
  if (action === 'giveBack' && !step.reason?.trim())
    return refuse('report.notAllowed', '退回理由：没有填写。', 'M79-9');
  return next;
}
