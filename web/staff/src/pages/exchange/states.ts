import {
  batchStateText,
  decisionStateText,
  deliveryStateText,
  recordStateText,
} from '@yingdeng/rules/exchange/states.ts';

/** Words of a state and the colour of its tag. */
type Shown = readonly [text: string, tag: string];

const tags: Readonly<Record<string, string>> = {
  waiting: 'silent',
  blocked: 'late',
  built: 'silent',
  sent: 'near',
  received: 'clear',
  accepted: 'clear',
  returned: 'late',
  applied: 'clear',
  joined: 'clear',
  faulty: 'late',
};
const shownBy =
  (texts: Readonly<Record<string, string>>) =>
  (state: string): Shown => [texts[state] ?? state, tags[state] ?? 'silent'];

export type RecordState = keyof typeof recordStateText;

export const isRecordState = (state: string | undefined): state is RecordState =>
  state !== undefined && Object.hasOwn(recordStateText, state);

/** How a record, a batch, a result of review, a delivery of the platform stands. */
export const recordState = shownBy(recordStateText);
export const batchState = shownBy(batchStateText);
export const decisionState = shownBy(decisionStateText);
export const deliveryState = shownBy(deliveryStateText);
