import type { Kind } from './kinds.ts';

/** A filter somebody gave a name: of which list, and the query of its address. */
export interface SavedFilter {
  readonly name: string;
  readonly kind: Kind;
  readonly query: string;
}

/** More than ten nobody finds again. */
export const MOST = 10;

/** What is kept of a filter's address: its page of results is not part of it. */
export type Store = Pick<Storage, 'getItem' | 'setItem'>;

const keyOf = (user: string) => `yingdeng.filters.${user}`;

function isSaved(value: unknown): value is SavedFilter {
  const { name, kind, query } = (value ?? {}) as Record<string, unknown>;
  return (
    typeof name === 'string' &&
    typeof query === 'string' &&
    typeof kind === 'string' &&
    ['decision', 'forwarded', 'contact', 'exit'].includes(kind)
  );
}

/** The filters a user of this desk has kept; what cannot be read is none. */
export function savedFilters(store: Store, user: string): readonly SavedFilter[] {
  try {
    const value: unknown = JSON.parse(store.getItem(keyOf(user)) ?? '[]');
    return Array.isArray(value) ? value.filter(isSaved).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

/** Keeps a filter; one of the same name is replaced. Answers what is kept now, or why it is not. */
export function keepFilter(store: Store, user: string, filter: SavedFilter): readonly SavedFilter[] | string {
  const name = filter.name.trim().slice(0, 20);
  if (name === '') return '请给筛选起个名字';
  const others = savedFilters(store, user).filter((one) => one.name !== name);
  if (others.length >= MOST) return `最多保存${MOST}个，请先删除一个`;
  return write(store, user, [...others, { ...filter, name }]);
}

export function dropFilter(store: Store, user: string, name: string): readonly SavedFilter[] | string {
  return write(
    store,
    user,
    savedFilters(store, user).filter((one) => one.name !== name),
  );
}

function write(store: Store, user: string, filters: readonly SavedFilter[]): readonly SavedFilter[] | string {
  try {
    store.setItem(keyOf(user), JSON.stringify(filters));
    return filters;
  } catch {
    // A browser may refuse to keep anything.
    return '浏览器不允许保存，请检查浏览器设置';
  }
}
