import { ApiError, call } from '@yingdeng/web-shared/api.ts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { type Draft, mergeDraft, readDraft, sameDraft } from './draft.ts';
import { dropLocal, type LocalCopy, readLocal, writeLocal } from './local-copy.ts';

/** Where the answers are kept now. */
export type Saved = 'loading' | 'saved' | 'saving' | 'here' | 'nowhere';

/** Pause after the last answer before it is sent. */
const quietMs = 800;
const againMs = 8_000;

/**
 * The draft of one person: read from the server and this device, each answer kept here at once and on the server a moment
 * later. `start` is what is known before anything was answered (name and number from the sign-in), `before` what an earlier form answers of this one:
 * it gives way to everything that was answered since, an answer taken away included.
 */
export function useDraft(idNumber: string, start: Draft, before: Draft) {
  const [draft, setDraft] = useState<Draft>({});
  const [saved, setSaved] = useState<Saved>('loading');
  const [pending, setPending] = useState<LocalCopy['pending']>();
  const base = useRef<Draft>({});
  const latest = useRef<Draft>({});
  const timer = useRef<number | undefined>(undefined);
  const over = useRef(false);
  const unsent = useRef(false);

  const send = useCallback(
    async (keepalive = false) => {
      const form = latest.current;
      setSaved('saving');
      try {
        await call('saveDraft', { body: { form: { ...form } }, keepalive });
        base.current = form;
        if (latest.current === form) unsent.current = false;
        if (over.current) return;
        const local = readLocal(idNumber);
        writeLocal(idNumber, { draft: latest.current, base: form, pending: local?.pending });
        if (latest.current === form) setSaved('saved');
      } catch (error) {
        if (over.current) return;
        setSaved(readLocal(idNumber) ? 'here' : 'nowhere');
        // Silence is tried again; a refusal (signed out meanwhile) would only be refused again.
        if (!(error instanceof ApiError) || error.offline || error.status >= 500)
          timer.current = window.setTimeout(() => void send(), againMs);
      }
    },
    [idNumber],
  );

  const put = useCallback(
    (part: Draft) => {
      const next = { ...latest.current, ...part };
      latest.current = next;
      unsent.current = true;
      setDraft(next);
      const local = readLocal(idNumber);
      const kept = writeLocal(idNumber, { draft: next, base: base.current, pending: local?.pending });
      setSaved(kept ? 'here' : 'saving');
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(() => void send(), quietMs);
    },
    [idNumber, send],
  );

  /** Sends what waits for the pause at once. */
  const flush = useCallback(
    (leaving = false) => {
      if (!unsent.current) return;
      window.clearTimeout(timer.current);
      void send(leaving);
    },
    [send],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: read once for a person; `start` and `before` are only the beginning.
  useEffect(() => {
    let here = true;
    over.current = false;
    const begin = async () => {
      const local = readLocal(idNumber);
      let server: Draft | undefined;
      try {
        server = readDraft((await call('getDraft', {})).form);
      } catch {
        server = undefined;
      }
      if (!here) return;
      const joined = server && local ? mergeDraft(local.base, local.draft, server) : (server ?? local?.draft ?? {});
      base.current = server ?? local?.base ?? {};
      latest.current = { ...before, ...joined, ...start, ...keepTyped(joined, start) };
      setDraft(latest.current);
      setPending(local?.pending);
      if (!server) setSaved('here');
      else if (sameDraft(latest.current, server)) setSaved('saved');
      else void send();
    };
    void begin();
    const retry = () => void send();
    /** Whoever closes the page or turns to another app within the pause loses nothing on the next device. */
    const leave = () => {
      if (document.visibilityState !== 'visible') flush(true);
    };
    window.addEventListener('online', retry);
    document.addEventListener('visibilitychange', leave);
    return () => {
      here = false;
      window.clearTimeout(timer.current);
      window.removeEventListener('online', retry);
      document.removeEventListener('visibilitychange', leave);
    };
  }, [idNumber]);

  /** Keeps what is about to be sent, so that the same can be sent again if no answer comes. */
  const keepPending = useCallback(
    (next: LocalCopy['pending']) => {
      writeLocal(idNumber, { draft: latest.current, base: base.current, pending: next });
      setPending(next);
    },
    [idNumber],
  );
  /** The application has been received: nothing is kept here any longer. */
  const finish = useCallback(() => {
    over.current = true;
    window.clearTimeout(timer.current);
    dropLocal(idNumber);
  }, [idNumber]);

  return { draft, saved, put, flush, pending, keepPending, finish };
}

/** Name and number come from the sign-in and always win; the telephone is only proposed. */
function keepTyped(joined: Draft, start: Draft): Draft {
  const kept: Draft = {};
  if (joined.mobile) kept.mobile = joined.mobile;
  if (joined.sex && !start.sex) kept.sex = joined.sex;
  if (joined.documentType) kept.documentType = joined.documentType;
  if (joined.documentNumber) kept.documentNumber = joined.documentNumber;
  return kept;
}
