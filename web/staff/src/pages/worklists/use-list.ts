import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { lineOf, type Walk } from '../../lib/walk.ts';
import { rowId } from './list-table.tsx';

/** What every list's line has; `id` is that of the application, whose page it leads to. */
export interface Line {
  readonly id: string;
  /** Tells apart several lines of one application. */
  readonly key?: string;
  readonly name: string;
  readonly idMasked: string;
  readonly officeName: string;
  readonly note: string;
  readonly number?: string;
  readonly assigned?: { readonly name: string };
}

export interface ListPage {
  readonly items: readonly Line[];
  readonly next?: string;
}

/**
 * A list read page by page and walked by keyboard: j, k, Enter, r, m. `words` narrows what has been read.
 * `more` are further keys, told the current line. Whoever comes back from a case stands on its line.
 */
export function useList<P extends ListPage>(
  key: readonly unknown[],
  read: (after: string | undefined, signal: AbortSignal) => Promise<P>,
  words = '',
  more: Readonly<Record<string, (current: P['items'][number] | undefined) => void>> = {},
) {
  type T = P['items'][number];
  const navigate = useNavigate();
  const { pathname, search, state } = useLocation();
  const [chosenAt, setAt] = useState<number>();
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const all: T[] = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const items = words
    ? all.filter((item) =>
        [item.name, item.number ?? '', item.idMasked, item.officeName, item.note, item.assigned?.name ?? ''].some(
          (text) => text.includes(words),
        ),
      )
    : all;
  const ids = items.map(({ id }) => id);
  const index = Math.min(chosenAt ?? lineOf(state, ids), Math.max(items.length - 1, 0));
  const current = items[index];
  const move = (step: number) => setAt(Math.min(Math.max(index + step, 0), Math.max(items.length - 1, 0)));
  // Several lines of one case are one step of the walk.
  const walk: Walk = { back: pathname + search, ids: [...new Set(ids)] };
  const open = (item: T | undefined) => item && navigate(`/cases/${item.id}`, { state: { walk } });
  const currentId = current && rowId(current);
  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  useShortcuts({
    down: () => move(1),
    up: () => move(-1),
    open: () => open(current),
    r: () => void list.refetch(),
    m: () => list.hasNextPage && void list.fetchNextPage(),
    ...Object.fromEntries(Object.entries(more).map(([name, act]) => [name, () => act(current)])),
  });
  return {
    list,
    all,
    items,
    current,
    open,
    walk,
    point: (item: T) => setAt(items.indexOf(item)),
    first: () => setAt(0),
  };
}
