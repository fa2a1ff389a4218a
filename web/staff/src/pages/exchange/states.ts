/** How a record of the exchange stands, in words and in the colour of its tag. */
const recordStates = {
  waiting: ['待传', 'silent'],
  blocked: ['有误', 'late'],
  sent: ['等回执', 'near'],
  accepted: ['已接收', 'clear'],
  returned: ['退回', 'late'],
} as const;
export type RecordState = keyof typeof recordStates;

export const isRecordState = (state: string | undefined): state is RecordState =>
  state !== undefined && Object.hasOwn(recordStates, state);

/** Words and tag of a state. */
export function recordState(state: string): readonly [text: string, tag: string] {
  return isRecordState(state) ? recordStates[state] : [state, 'silent'];
}

export const batchStates: Readonly<Record<string, readonly [text: string, tag: string]>> = {
  built: ['待传', 'silent'],
  sent: ['等回执', 'near'],
  received: ['已有回执', 'clear'],
  closed: ['未被接收，已作废', 'silent'],
};
