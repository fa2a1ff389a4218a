import { Button } from 'antd';

/** The foot of a list: more of it, or that this is all. */
export function More({
  list,
  count,
}: {
  list: { hasNextPage: boolean; isFetchingNextPage: boolean; fetchNextPage: () => Promise<unknown> };
  count: number;
}) {
  return (
    <p className="more">
      {list.hasNextPage ? (
        <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
          加载更多
        </Button>
      ) : (
        <span className="quiet">共{count}条，已全部显示</span>
      )}
    </p>
  );
}
