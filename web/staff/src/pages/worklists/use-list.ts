import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { rowId } from './list-table.tsx';
import type { WorklistItem } from './use-sharing.ts';

type Page = { items: WorklistItem[]; next?: string };

/**
 * A list read page by page and walked by keyboard: j, k, Enter, r, m. `words` narrows what has been read.
 * `more` are further keys, told the current line.
 */
export function useList(
  key: readonly unknown[],
  read: (after: string | undefined, signal: AbortSignal) => Promise<Page>,
  words = '',
  more: Readonly<Record<string, (current: WorklistItem | undefined) => void>> = {},
) {
  const navigate = useNavigate();
  const [at, setAt] = useState(0);
  const list = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => read(pageParam || undefined, signal),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const items = words
    ? all.filter((item) =>
        [item.name, item.number, item.idMasked, item.officeName, item.note, item.assigned?.name ?? ''].some((text) =>
          text.includes(words),
        ),
      )
    : all;
  const index = Math.min(at, Math.max(items.length - 1, 0));
  const current = items[index];
  const move = (step: number) => setAt(Math.min(Math.max(index + step, 0), Math.max(items.length - 1, 0)));
  const open = (item: WorklistItem | undefined) => item && navigate(`/cases/${item.id}`);
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
    point: (item: WorklistItem) => setAt(items.indexOf(item)),
    first: () => setAt(0),
  };
}
