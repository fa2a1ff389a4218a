import type { RecordState } from './differences.ts';

/** How a record of an exit stands, in the words of every screen, list and command. */
export const recordStateText: Readonly<Record<RecordState, string>> = {
  waiting: '待上传',
  blocked: '有误',
  sent: '等回执',
  accepted: '平台已接收',
  returned: '平台退回',
};

/** How a batch of records stands. */
export const batchStateText = {
  built: '待上传',
  sent: '等回执',
  received: '已有回执',
  closed: '未被接收，已作废',
} as const;

/** How a result of review stands on its way to the platform. */
export const decisionStateText = {
  waiting: '待上传',
  accepted: '平台已接收',
  returned: '平台退回',
  superseded: '已有更晚的结果',
} as const;

/** What became of a delivery of the platform. */
export const deliveryStateText = {
  applied: '已立为一件',
  joined: '并入已有的一件',
  faulty: '要人工核对',
} as const;
