import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { useEffect } from 'react';
import { Link, useLocation, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Box } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';

const kindTexts: Readonly<Record<string, string>> = {
  forbiddenGround: '被拦下的不当要求或理由',
  groundOutsideList: '清单以外的不予登记理由',
  selfReview: '本人复核本人提出的退出',
};
const filterNames = ['kind', 'office', 'person', 'since'] as const;

/** What supervision must hear of, newest first; narrowed by the address when a figure led here. `ready`: what stands above is in its place. */
export function Events({ ready }: { ready: boolean }) {
  const may = useMay();
  const [query, setQuery] = useSearchParams();
  const { hash } = useLocation();
  const filters = Object.fromEntries(filterNames.flatMap((name) => (query.get(name) ? [[name, query.get(name)]] : [])));
  const list = useInfiniteQuery({
    queryKey: ['supervision', 'events', filters],
    queryFn: ({ pageParam, signal }) =>
      call('getSupervisionEvents', { query: { ...filters, after: pageParam || undefined, limit: 20 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const there = ready && list.data !== undefined;
  useEffect(() => {
    if (hash === '#events' && there) document.getElementById('events')?.scrollIntoView({ block: 'start' });
  }, [hash, there]);
  const events = list.data?.pages.flatMap((page) => page.events) ?? [];
  const narrowed = Object.keys(filters).length > 0;
  return (
    <Box
      id="events"
      title={narrowed ? '督导事项（已筛选）' : '督导事项'}
      tools={
        narrowed && (
          <Button size="small" onClick={() => setQuery({}, { replace: true })}>
            显示全部
          </Button>
        )
      }
    >
      <p className="hint">系统拦下的违规要求和其他应当知悉的情况。内容没有发给劳动者。</p>
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : events.length === 0 ? (
        <p className="quiet">没有督导事项。</p>
      ) : (
        <ol className="events">
          {events.map((event) => (
            <li key={event.id}>
              <time className="num">{stampText(event.at)}</time>
              <div>
                <p>
                  <b>{kindTexts[event.kind] ?? event.kind}</b>
                </p>
                <p>{event.text}</p>
                <p className="quiet">
                  {event.officeName}，{event.who}
                  {event.applicationId && may('application.read') && (
                    <>
                      ，<Link to={`/cases/${event.applicationId}`}>打开业务</Link>
                    </>
                  )}
                </p>
              </div>
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <p className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            加载更多
          </Button>
        </p>
      )}
    </Box>
  );
}
