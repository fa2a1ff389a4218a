import { describe, expect, it } from 'vitest';
import {
  afterSending,
  bodyOf,
  inAddition,
  type Note,
  type Outcome,
  outcomeOf,
  sendAll,
  servedBodyOf,
  toSend,
  unsent,
} from './queue.ts';

const note = (part: Partial<Note> = {}): Note => ({
  key: 'key-1',
  account: 'a',
  registrationId: 'r',
  name: '王小明',
  body: {
    purpose: 'followUp',
    means: 'visit',
    answered: true,
    at: '2026-11-22T02:00:00Z',
    note: '仍在求职',
  },
  writtenAt: '2026-11-22T02:00:00Z',
  seen: '2026-11-22T00:30:00Z',
  state: 'waiting',
  ...part,
});
const refusal = (status: number, code: string, detail?: Record<string, unknown>, offline = false) =>
  outcomeOf({ status, offline, body: { code, message: '说明', ...(detail ? { detail } : {}) } });
const latest = { who: '张经办', what: '联系本人', at: '2026-11-22T01:00:00Z' };

describe('the queue of notes from the field', () => {
  it('sends what waits in the order it was written, own notes only, and carries what was seen', async () => {
    const notes = [
      note({ key: 'later', writtenAt: '2026-11-22T03:00:00Z' }),
      note({ key: 'mine' }),
      note({ key: 'theirs', account: 'b' }),
      note({ key: 'done', state: 'sent' }),
    ];
    expect(toSend(notes, 'a').map(({ key }) => key)).toEqual(['mine', 'later']);
    expect(bodyOf(notes[1] as Note)).toMatchObject({ note: '仍在求职', seen: '2026-11-22T00:30:00Z' });
    expect(unsent(notes, 'a')).toBe(2);
  });

  it('M79-1b: about somebody who is not registered only the contact is sent, with when it happened', () => {
    const { body } = note();
    const served = note({ servedId: 's', body: { ...body, result: 'reached' } });
    expect(servedBodyOf(served)).toEqual({ means: 'visit', result: 'reached', note: '仍在求职', at: body.at });
  });

  it('silence stops the sending and changes nothing: the same key goes out again', async () => {
    const kept: Note[] = [];
    const outcomes: Outcome[] = [{ kind: 'taken' }, { kind: 'silent' }];
    const notes = [
      note({ key: '1' }),
      note({ key: '2', writtenAt: '2026-11-22T02:01:00Z' }),
      note({ key: '3', writtenAt: '2026-11-22T02:02:00Z' }),
    ];
    const asked: string[] = [];
    const result = await sendAll(
      notes,
      'a',
      async ({ key }) => {
        asked.push(key);
        return outcomes.shift() ?? { kind: 'taken' };
      },
      async (one) => void kept.push(one),
      () => '2026-11-22T04:00:00Z',
    );
    expect(result).toEqual({ sent: 1, stopped: 'silent' });
    expect(asked).toEqual(['1', '2']);
    expect(kept).toMatchObject([{ key: '1', state: 'sent', sentAt: '2026-11-22T04:00:00Z' }]);
  });

  it('a conflict stops nothing else', async () => {
    const kept: Note[] = [];
    const notes = [note({ key: '1' }), note({ key: '2', writtenAt: '2026-11-22T02:01:00Z' })];
    const result = await sendAll(
      notes,
      'a',
      async ({ key }) => (key === '1' ? refusal(409, 'contact.conflict', { latest }) : { kind: 'taken' }),
      async (one) => void kept.push(one),
      () => 'now',
    );
    expect(result).toEqual({ sent: 1 });
    expect(kept.map(({ state }) => state)).toEqual(['conflict', 'sent']);
  });

  it.each<[string, Outcome, string]>([
    ['no network', refusal(0, 'server.outcomeUnknown', undefined, true), 'silent'],
    ['a server that failed', refusal(503, 'server.outcomeUnknown'), 'silent'],
    ['a session that ended', refusal(401, 'signIn.required'), 'signedOut'],
    ['somebody was first', refusal(409, 'contact.conflict', { latest }), 'conflict'],
    ['the registration ended', refusal(409, 'registration.changed', { latest, ended: true }), 'conflict'],
    ['a note that is incomplete', refusal(422, 'contact.incomplete'), 'refused'],
  ])('%s', (_, outcome, kind) => {
    expect(outcome.kind).toBe(kind);
  });

  it('a note in conflict keeps its words and shows the server’s beside them; nothing is overwritten', () => {
    const held = afterSending(note(), refusal(409, 'contact.conflict', { latest }), 'now');
    expect(held).toMatchObject({
      state: 'conflict',
      body: note().body,
      server: { who: '张经办', what: '联系本人', ended: false },
    });
  });

  it('sent in addition it is another intention with another key, and has seen what was compared', () => {
    const held = afterSending(note(), refusal(409, 'contact.conflict', { latest }), 'now');
    const again = inAddition(held, 'key-2');
    expect(again).toMatchObject({ key: 'key-2', state: 'waiting', seen: '2026-11-22T01:00:00Z' });
    expect(again.server).toBeUndefined();
  });

  it('nothing is added to a registration that has ended', () => {
    const held = afterSending(note(), refusal(409, 'registration.changed', { latest, ended: true }), 'now');
    expect(inAddition(held, 'key-2')).toBe(held);
  });
});
