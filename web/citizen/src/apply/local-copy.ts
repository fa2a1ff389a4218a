import type { Submission } from '@yingdeng/contract/application-form.ts';
import { personalPrefix } from '../data/session.ts';
import { type Draft, readDraft } from './draft.ts';

/** What this device keeps of an unfinished application. */
export interface LocalCopy {
  draft: Draft;
  /** What the server had when `draft` started from it. */
  base: Draft;
  /** A submission whose answer never came: sent again as it was, with the same key, so that nothing is done twice. */
  pending?: { key: string; body: Submission };
}

/** Each person has a copy of their own; the number itself is not part of the name. */
function nameFor(idNumber: string): string {
  let hash = 2166136261;
  for (const character of idNumber) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
  return `${personalPrefix}draft.${hash.toString(36)}`;
}

/** The copy on this device, if there is one that can be read. */
export function readLocal(idNumber: string): LocalCopy | undefined {
  try {
    const saved = JSON.parse(localStorage.getItem(nameFor(idNumber)) ?? 'null') as LocalCopy | null;
    if (!saved) return undefined;
    return { draft: readDraft(saved.draft), base: readDraft(saved.base), pending: saved.pending };
  } catch {
    return undefined;
  }
}

/** Keeps the copy; false when the device refuses. */
export function writeLocal(idNumber: string, copy: LocalCopy): boolean {
  try {
    localStorage.setItem(nameFor(idNumber), JSON.stringify(copy));
    return true;
  } catch {
    return false;
  }
}

/** Removes the copy, once the application has been answered. */
export function dropLocal(idNumber: string): void {
  try {
    localStorage.removeItem(nameFor(idNumber));
  } catch {
    // Nothing was kept.
  }
}
