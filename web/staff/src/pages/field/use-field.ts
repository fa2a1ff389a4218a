import { ApiError, call, requestKey } from '@yingdeng/web-shared/api.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { sessionEnded } from '../../lib/session-ended.ts';
import {
  bodyOf,
  inAddition,
  type Note,
  type NoteBody,
  type Outcome,
  outcomeOf,
  sendAll,
  servedBodyOf,
} from './queue.ts';
import { fieldStore, type TakenDay } from './store.ts';

async function send(note: Note): Promise<Outcome> {
  try {
    const { key, registrationId, servedId } = note;
    if (registrationId) await call('recordContact', { params: { id: registrationId }, body: bodyOf(note), key });
    if (servedId) await call('recordServedContact', { params: { id: servedId }, body: servedBodyOf(note), key });
    return { kind: 'taken' };
  } catch (error) {
    if (error instanceof ApiError) return outcomeOf(error);
    return { kind: 'silent' };
  }
}

/** The list taken along, the notes, and their way to the server. Everything is on the device before anything is sent. */
export function useField(signedIn: boolean) {
  const [taken, setTaken] = useState<TakenDay>();
  const [notes, setNotes] = useState<readonly Note[]>([]);
  const [ready, setReady] = useState(false);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  /** Notes of another account that are not with the server: nothing is taken along before somebody decides about them. */
  const [foreign, setForeign] = useState(0);
  const under = useRef(false);

  const showNotes = useCallback(async (account: string) => setNotes(await fieldStore.notes(account)), []);

  /** Takes the list afresh, which also tells whose session it is, and sends what waits of this account. */
  const refresh = useCallback(async () => {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setProblem(undefined);
    try {
      const fresh = await call('getFieldDay', {});
      const { account } = fresh;
      const left = await fieldStore.unsentOfOthers(account);
      setForeign(left);
      if (left > 0) return;
      await fieldStore.forgetOthers(account);
      const before = await fieldStore.notes(account);
      const result = await sendAll(
        before,
        account,
        send,
        (note) => fieldStore.keepNote(note),
        () => new Date().toISOString(),
      );
      if (result.stopped === 'signedOut') sessionEnded.set(true);
      // Who was reached is no longer on the list.
      const day = result.sent > 0 ? await call('getFieldDay', {}).catch(() => fresh) : fresh;
      const calendar = await call('getCalendar', {}).catch(() => undefined);
      const kept = { account, day, ...(calendar ? { calendar } : {}) };
      await fieldStore.keepDay(kept);
      setTaken(kept);
      await showNotes(account);
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) sessionEnded.set(true);
      else if (!(error instanceof ApiError && error.offline)) setProblem(troubleOf(error).message);
    } finally {
      under.current = false;
      setBusy(false);
    }
  }, [showNotes]);

  useEffect(() => {
    let here = true;
    void (async () => {
      const last = await fieldStore.lastDay().catch(() => undefined);
      if (!here) return;
      if (last) {
        setTaken(last);
        await showNotes(last.account);
      }
      setReady(true);
    })();
    return () => {
      here = false;
    };
  }, [showNotes]);

  useEffect(() => {
    if (!signedIn) return;
    void refresh();
    const back = () => void refresh();
    window.addEventListener('online', back);
    return () => window.removeEventListener('online', back);
  }, [signedIn, refresh]);

  // A network that is there and carries nothing is tried again by itself while something waits.
  const waits = notes.some((note) => note.state === 'waiting');
  useEffect(() => {
    if (!signedIn || !waits) return;
    const timer = window.setInterval(() => navigator.onLine && void refresh(), 45_000);
    return () => window.clearInterval(timer);
  }, [signedIn, waits, refresh]);

  const write = async (about: Pick<Note, 'registrationId' | 'servedId' | 'name'>, body: NoteBody) => {
    if (!taken) return;
    const { day } = taken;
    await fieldStore.keepNote({
      key: requestKey(),
      account: day.account,
      ...about,
      body,
      writtenAt: new Date().toISOString(),
      seen: day.at,
      state: 'waiting',
    });
    await showNotes(day.account);
    if (navigator.onLine) void refresh();
  };
  const add = async (note: Note) => {
    await fieldStore.keepNote(inAddition(note, requestKey()), note.key);
    await showNotes(note.account);
    void refresh();
  };
  const drop = async (note: Note) => {
    await fieldStore.dropNote(note.key);
    await showNotes(note.account);
  };
  /** Gives up the notes of whoever worked here before, and goes on. */
  const giveUpForeign = async () => {
    const { account } = await call('getFieldDay', {});
    await fieldStore.forgetOthers(account);
    await refresh();
  };
  return { taken, notes, ready, busy, problem, foreign, giveUpForeign, refresh, write, add, drop };
}
