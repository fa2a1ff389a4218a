import { useInfiniteQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Empty, Failed, Loading } from '../parts/states.tsx';

interface Page<T> {
  items: readonly T[];
  next?: string;
}

/** A list that is read page by page, newest first. */
export function PagedList<T>({
  name,
  read,
  draw,
  empty,
}: {
  name: string;
  read: (after: string | undefined, signal: AbortSignal) => Promise<Page<T>>;
  draw: (item: T) => ReactNode;
  empty: { heading: string; text: string; icon: 'mail' | 'eye' };
}) {
  const list = useInfiniteQuery({
    queryKey: ['my', name],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => read(pageParam, signal),
    getNextPageParam: (last: Page<T>) => last.next,
  });
  if (list.isPending) return <Loading />;
  if (list.isError) return <Failed error={list.error} again={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) {
    return (
      <Empty heading={empty.heading} icon={empty.icon}>
        <p>{empty.text}</p>
      </Empty>
    );
  }
  return (
    <>
      <ul className="rows">{items.map(draw)}</ul>
      {list.hasNextPage && (
        <button type="button" className="button plain" onClick={() => void list.fetchNextPage()}>
          {list.isFetchingNextPage ? '正在读取…' : '看更早的'}
        </button>
      )}
    </>
  );
}
