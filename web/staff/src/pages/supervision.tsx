import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { Link } from 'react-router';
import { stampText } from '../lib/dates.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { useMay } from '../session/use-session.ts';

const kindTexts: Readonly<Record<string, string>> = {
  forbiddenGround: '被拦下的不当要求或理由',
  groundOutsideList: '清单以外的不予登记理由',
  selfReview: '本人复核本人提出的退出',
};

/** What supervision must hear of, newest first. */
export default function Supervision() {
  const may = useMay();
  const list = useInfiniteQuery({
    queryKey: ['supervision'],
    queryFn: ({ pageParam, signal }) =>
      call('getSupervisionEvents', { query: { after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const events = list.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Page
      title="督导事项"
      hint="系统拦下的违规要求和其他应当知悉的情况。内容没有发给劳动者。"
      tools={
        <Button onClick={() => void list.refetch()} loading={list.isRefetching}>
          刷新
          <span className="key" aria-hidden="true">
            r
          </span>
        </Button>
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : events.length === 0 ? (
        <Empty title="没有督导事项" />
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
    </Page>
  );
}
