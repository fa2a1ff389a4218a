import { useInfiniteQuery } from '@tanstack/react-query';
import { actionNames, roleNames } from '@yingdeng/rules/access.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Select, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { stampText } from '../lib/dates.ts';
import { useNarrow } from '../lib/media.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';

const names: Readonly<Record<string, string>> = actionNames;
const roles: Readonly<Record<string, string>> = roleNames;
const text = (action: string) => names[action] ?? action;

/** Who did and saw what, newest first. */
export default function Audit() {
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const action = query.get('action') ?? '';
  const list = useInfiniteQuery({
    queryKey: ['audit', action],
    queryFn: ({ pageParam, signal }) =>
      call('getAudit', { query: { after: pageParam || undefined, action: action || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const events = list.data?.pages.flatMap((page) => page.events) ?? [];
  return (
    <Page
      title="操作记录"
      hint="谁在什么时候办了什么、看了谁的信息。记录只增不改。"
      tools={
        <>
          <Select
            aria-label="按操作筛选"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="全部操作"
            value={action || undefined}
            className="office-select"
            popupMatchSelectWidth={false}
            options={Object.entries(actionNames).map(([value, label]) => ({ value, label }))}
            onChange={(value?: string) => setQuery(value ? { action: value } : {}, { replace: true })}
          />
          <Button onClick={() => void list.refetch()} loading={list.isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
        </>
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : events.length === 0 ? (
        <Empty title="没有记录" />
      ) : narrow ? (
        <ol className="events">
          {events.map((event) => (
            <li key={event.id}>
              <time className="num">{stampText(event.at)}</time>
              <div>
                <p>
                  <b>{text(event.action)}</b> {event.who}
                </p>
                <p>{event.subject}</p>
                {event.reason && <p>理由：{event.reason}</p>}
                <p className="quiet">{event.officeName}</p>
              </div>
            </li>
          ))}
        </ol>
      ) : (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={events}
          sticky
          columns={[
            { title: '时间', dataIndex: 'at', width: 140, className: 'num', render: stampText },
            { title: '操作', dataIndex: 'action', width: 190, render: text },
            { title: '人员', dataIndex: 'who', width: 110 },
            { title: '角色', dataIndex: 'role', width: 110, render: (role: string) => roles[role] ?? role },
            { title: '机构', dataIndex: 'officeName', width: 190, ellipsis: true },
            { title: '对象', dataIndex: 'subject' },
            { title: '理由', dataIndex: 'reason' },
          ]}
        />
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
