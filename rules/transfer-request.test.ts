import { describe, expect, it } from 'vitest';
import { isRefusal } from './refusal.ts';
import {
  declineGrounds,
  groundsOf,
  nextTransferRequest,
  type TransferRequestOn,
  transferRequestActions,
  transferRequestStates,
} from './transfer-request.ts';

const asked: TransferRequestOn = {
  state: 'asked',
  side: 'from',
  dueOn: '2026-11-27',
  today: '2026-11-25',
  acting: ['to'],
};

describe('a transfer that two offices agree on', () => {
  it('M79-1a: the other office takes it, the one that asked may take its question back, and nobody else', () => {
    expect(nextTransferRequest(asked, 'accept')).toBe('accepted');
    expect(nextTransferRequest({ ...asked, acting: ['from'] }, 'accept')).toMatchObject({ refused: true });
    expect(nextTransferRequest({ ...asked, acting: ['from'] }, 'withdraw')).toBe('withdrawn');
    expect(nextTransferRequest(asked, 'withdraw')).toMatchObject({ refused: true });
    for (const action of transferRequestActions)
      expect(isRefusal(nextTransferRequest({ ...asked, acting: [] }, action, 'notWished')), action).toBe(true);
  });

  it('A21-7a: an office declines on a ground of the list that is its own, never because household and residence differ', () => {
    expect(nextTransferRequest(asked, 'decline', 'notThere')).toBe('declined');
    expect(nextTransferRequest({ ...asked, side: 'to', acting: ['from'] }, 'decline', 'exitOpen')).toBe('declined');
    for (const ground of ['exitOpen', 'elsewhere', undefined])
      expect(nextTransferRequest(asked, 'decline', ground)).toMatchObject({ refused: true });
    expect(groundsOf('from')).toEqual(['notWished', 'exitOpen']);
    expect(groundsOf('to')).toEqual(['notWished', 'notThere']);
    expect(Object.keys(declineGrounds)).toHaveLength(3);
  });

  it('M79-3a: silence of the former office does not hold the person up; silence of the new one moves nobody', () => {
    const theirs: TransferRequestOn = { ...asked, side: 'to', acting: ['to'] };
    expect(nextTransferRequest({ ...theirs, today: '2026-11-27' }, 'accept')).toMatchObject({ refused: true });
    expect(nextTransferRequest({ ...theirs, today: '2026-11-28' }, 'accept')).toBe('accepted');
    expect(nextTransferRequest({ ...asked, acting: ['from'], today: '2026-12-28' }, 'accept')).toMatchObject({
      refused: true,
    });
  });

  it('what is settled stays settled', () => {
    for (const state of transferRequestStates)
      for (const action of transferRequestActions) {
        const result = nextTransferRequest({ ...asked, state, acting: ['from', 'to'] }, action, 'notWished');
        expect(isRefusal(result), `${state} ${action}`).toBe(state !== 'asked');
      }
  });
});
