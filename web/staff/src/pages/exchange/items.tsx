import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { Link } from 'react-router';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { Faults } from './faults.tsx';
import { isRecordState, recordState } from './states.ts';

/** Exit records of a day, or all that are blocked or returned, each with its faults by check id. */
export function Items({ on, state }: { on?: string; state?: string }) {
  const may = useMay();
  const list = useInfiniteQuery({
    queryKey: ['exchange-items', on ?? '', state ?? ''],
    queryFn: ({ pageParam, signal }) =>
      call('getExchangeItems', {
        query: { after: pageParam || undefined, on, state: isRecordState(state) ? state : undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  if (items.length === 0) return <Empty title={on ? '这一天没有这样的记录' : '没有有误或退回的记录'} />;
  return (
    <>
      <ul className="checks">
        {items.map((item) => {
          const [text, tag] = recordState(item.state);
          return (
            <li key={item.exitId} className={item.faults.length > 0 ? 'check check-open' : 'check'}>
              <div className="check-head">
                {may('application.read') ? (
                  <Link to={`/cases/${item.applicationId}`}>{item.name}</Link>
                ) : (
                  <b>{item.name}</b>
                )}
                <span className={`tag tag-${tag}`}>{text}</span>
                <span>{item.reasonText}</span>
                <span className="quiet">{item.officeName}</span>
              </div>
              <Faults faults={item.faults} />
              <p className="quiet num small">
                {item.division} {item.serial}，业务日期{item.businessDate}，上传{item.attempts}次
                {item.digest && `，摘要${item.digest.slice(0, 12)}…`}{' '}
                <Link to={`/exchange/records/${item.exitId}`}>看凭据</Link>
              </p>
            </li>
          );
        })}
      </ul>
      {list.hasNextPage && (
        <p className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            加载更多
          </Button>
        </p>
      )}
    </>
  );
}
