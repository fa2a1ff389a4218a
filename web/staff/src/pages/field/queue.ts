import type { Body } from '@yingdeng/web-shared/routes.gen.ts';

/** What a note says: the body of recordContact without `seen`, which the queue adds. */
export type NoteBody = Omit<Body<'recordContact'>, 'seen'>;

/** waiting: 待发送. sent: 已发送. conflict: 有冲突, the person decides. refused: the server did not take it; it is mended or thrown away. */
export type NoteState = 'waiting' | 'sent' | 'conflict' | 'refused';

/** A note written in the field. */
export interface Note {
  /** Request key, made when it was written: sent twice it is recorded once. */
  readonly key: string;
  /** Whose note; another account on the same telephone neither sees nor sends it. */
  readonly account: string;
  /** Whom it is about: a registration, or somebody of the three groups who is not registered (M79-1b). */
  readonly registrationId?: string;
  readonly servedId?: string;
  readonly name: string;
  readonly body: NoteBody;
  readonly writtenAt: string;
  /** When the list it was written from was taken, by the server's time. */
  readonly seen: string;
  readonly state: NoteState;
  /** What the server said. */
  readonly words?: string;
  /** What is there now, for the comparison. */
  readonly server?: ServerSide;
  readonly sentAt?: string;
}

export interface ServerSide {
  readonly who: string;
  readonly what: string;
  readonly at?: string;
  /** The registration is over: nothing can be added to it. */
  readonly ended: boolean;
}

/** What came of sending one note. `silent`: nothing answered, or the server failed; `signedOut`: the session is over. */
export type Outcome =
  | { readonly kind: 'taken' }
  | { readonly kind: 'silent' }
  | { readonly kind: 'signedOut' }
  | { readonly kind: 'conflict'; readonly words: string; readonly server: ServerSide }
  | { readonly kind: 'refused'; readonly words: string };

interface Refusal {
  readonly status: number;
  readonly offline: boolean;
  readonly body: {
    readonly code: string;
    readonly message: string;
    readonly detail?: Readonly<Record<string, unknown>>;
  };
}

/** Reads a refusal of the server, or its silence. */
export function outcomeOf(refusal: Refusal): Outcome {
  const { status, offline, body } = refusal;
  if (offline || status >= 500 || status === 429) return { kind: 'silent' };
  if (status === 401) return { kind: 'signedOut' };
  if (body.code === 'contact.conflict' || body.code === 'registration.changed')
    return { kind: 'conflict', words: body.message, server: serverSideOf(body.detail, body.message) };
  return { kind: 'refused', words: body.message };
}

function serverSideOf(detail: Readonly<Record<string, unknown>> | undefined, message: string): ServerSide {
  const latest = (detail?.latest ?? {}) as { who?: unknown; what?: unknown; at?: unknown };
  return {
    who: typeof latest.who === 'string' ? latest.who : '其他经办人',
    what: typeof latest.what === 'string' ? latest.what : message,
    ...(typeof latest.at === 'string' ? { at: latest.at } : {}),
    ended: detail?.ended === true,
  };
}

/** The note after an attempt. Silence leaves it as it was: the same key goes out again. */
export function afterSending(note: Note, outcome: Outcome, now: string): Note {
  switch (outcome.kind) {
    case 'taken':
      return { ...without(note), state: 'sent', sentAt: now };
    case 'conflict':
      return { ...note, state: 'conflict', words: outcome.words, server: outcome.server };
    case 'refused':
      return { ...without(note), state: 'refused', words: outcome.words };
    default:
      return note;
  }
}

function without({ words: _words, server: _server, ...note }: Note): Note {
  return note;
}

/**
 * The person compared and sends it in addition. It is another intention, so it gets another key; what was seen is now up to the moment of
 * comparison, so what happens after it is a conflict again.
 */
export function inAddition(note: Note, key: string): Note {
  if (note.state !== 'conflict' || note.server?.ended) return note;
  return { ...without(note), key, seen: note.server?.at ?? note.seen, state: 'waiting' };
}

/** What is sent for a note about a registration. */
export function bodyOf(note: Note): Body<'recordContact'> {
  return { ...note.body, seen: note.seen };
}

/** What is sent for a note about somebody who is served without being registered. */
export function servedBodyOf({ body }: Note): Body<'recordServedContact'> {
  const { means, result, note = '', at } = body;
  return { means, result, note, at } as Body<'recordServedContact'>;
}

/** Notes to send, in the order they were written. */
export function toSend(notes: readonly Note[], account: string): Note[] {
  return notes
    .filter((note) => note.account === account && note.state === 'waiting')
    .toSorted((a, b) => (a.writtenAt < b.writtenAt ? -1 : 1));
}

/** Notes not yet with the server: lost when the device forgets them. */
export function unsent(notes: readonly Note[], account: string): number {
  return notes.filter((note) => note.account === account && note.state !== 'sent').length;
}

/**
 * Sends one note after the other; each result is kept before the next leaves. Stops at silence and at the end of the session: the rest
 * waits. Returns how far it came.
 */
export async function sendAll(
  notes: readonly Note[],
  account: string,
  send: (note: Note) => Promise<Outcome>,
  keep: (note: Note) => Promise<void>,
  now: () => string,
): Promise<{ sent: number; stopped?: 'silent' | 'signedOut' }> {
  let sent = 0;
  for (const note of toSend(notes, account)) {
    const outcome = await send(note);
    if (outcome.kind === 'silent' || outcome.kind === 'signedOut') return { sent, stopped: outcome.kind };
    await keep(afterSending(note, outcome, now()));
    if (outcome.kind === 'taken') sent += 1;
  }
  return { sent };
}
