/**
 * The list a case was opened from. It lies in the browser's history beside the address, so that the next case is one
 * key away, also after a reload, and nothing of it is in a link that is passed on.
 */
export interface Walk {
  /** Address of the list with its filters. */
  readonly back: string;
  /** The cases as the list showed them, by application. */
  readonly ids: readonly string[];
}

/** Where somebody comes from who goes back to the list. */
export interface Left {
  readonly id: string;
  readonly place: number;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** The walk of a history entry, if it has one. */
export function walkOf(state: unknown): Walk | undefined {
  const walk = isRecord(state) ? state.walk : undefined;
  if (!isRecord(walk) || typeof walk.back !== 'string' || !Array.isArray(walk.ids)) return undefined;
  return { back: walk.back, ids: walk.ids.filter((id) => typeof id === 'string') };
}

/** Place in the walk, counted from 0, and the cases beside it; undefined for a case that is not of the walk. */
export function placeIn(walk: Walk | undefined, id: string) {
  const place = walk?.ids.indexOf(id) ?? -1;
  if (!walk || place < 0) return undefined;
  return { place, count: walk.ids.length, before: walk.ids[place - 1], after: walk.ids[place + 1] };
}

/** The line to stand on in a list one comes back to: the same case, or the one that took its place. */
export function lineOf(state: unknown, ids: readonly string[]): number {
  const left = isRecord(state) ? state.left : undefined;
  if (!isRecord(left) || typeof left.id !== 'string' || typeof left.place !== 'number') return 0;
  const same = ids.indexOf(left.id);
  return same >= 0 ? same : Math.min(left.place, Math.max(ids.length - 1, 0));
}
