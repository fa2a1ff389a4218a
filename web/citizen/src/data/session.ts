import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useSyncExternalStore } from 'react';

/** Who is signed in, as the server says. */
export type Session = Answer<'getSession'>;

/** What is known of the session. */
export interface SessionState {
  data?: Session;
  error?: unknown;
  isPending: boolean;
  isError: boolean;
  refetch: () => Promise<void>;
}

// A store of its own, not a query: the first screen needs the session and nothing else, and stays small.
const freshMs = 60_000;
const listeners = new Set<() => void>();
let askedAt = 0;
let state: SessionState = { isPending: true, isError: false, refetch: reloadSession };

function put(next: Partial<SessionState>): void {
  state = { ...state, ...next };
  for (const listener of listeners) listener();
}

/** Asks the server again who is signed in. */
export async function reloadSession(): Promise<void> {
  askedAt = Date.now();
  try {
    put({ data: await call('getSession', {}), error: undefined, isPending: false, isError: false });
  } catch (error) {
    // What was known stays: a page in use is not taken away because the network was gone for a moment.
    put({ error, isPending: false, isError: state.data === undefined });
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (askedAt === 0) void reloadSession();
  return () => listeners.delete(listener);
}

// A session ends by itself: whoever comes back to the page later sees what is true then.
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && Date.now() - askedAt > freshMs) void reloadSession();
});

/** The session, asked for once and again when the person comes back to the page. */
export function useSession(): SessionState {
  return useSyncExternalStore(subscribe, () => state);
}

/** Ends the session and forgets everything of the person on this device. */
export async function signOut(): Promise<void> {
  await call('signOut', {}).catch(() => undefined);
  forgetPerson();
  window.location.assign('/');
}

/** Drafts and keys of a person start with this; a shared telephone keeps nothing after signing out. */
export const personalPrefix = 'yingdeng.my.';

function forgetPerson(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(personalPrefix)) localStorage.removeItem(key);
  } catch {
    // Storage is closed: nothing was kept.
  }
}

/** Where to go after signing in: only a path of this site. */
export function safePath(to: string | null): string {
  return to && /^\/(?![/\\])/.test(to) ? to : '/my';
}
