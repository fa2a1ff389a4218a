import { useInfiniteQuery } from '@tanstack/react-query';
import { actionNames, roleNames } from '@yingdeng/rules/access.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input, Select, Table } from 'antd';
import { useSearchParams } from 'react-router';
import { stampText } from '../lib/dates.ts';
import { useNarrow } from '../lib/media.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { DateField } from '../parts/date-field.tsx';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';

const names: Readonly<Record<string, string>> = actionNames;
const roles: Readonly<Record<string, string>> = roleNames;
const text = (action: string) => names[action] ?? action;
const filterNames = ['action', 'who', 'from', 'to'] as const;

/** Who did and saw what, newest first. */
export default function Audit() {
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const filters = Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = query.get(name);
      return value ? [[name, value]] : [];
    }),
  );
  const put = (name: (typeof filterNames)[number], value: string) =>
    setQuery(
      value
        ? { ...filters, [name]: value }
        : Object.fromEntries(Object.entries(filters).filter(([key]) => key !== name)),
      {
        replace: true,
      },
    );
  const list = useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) =>
      call('getAudit', { query: { ...filters, after: pageParam || undefined }, signal }),
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
            value={filters.action}
            className="office-select"
            popupMatchSelectWidth={false}
            options={Object.entries(actionNames).map(([value, label]) => ({ value, label }))}
            onChange={(value?: string) => put('action', value ?? '')}
          />
          <Input.Search
            aria-label="按人员筛选"
            allowClear
            maxLength={40}
            placeholder="姓名，按回车"
            defaultValue={filters.who}
            className="audit-who"
            onSearch={(words) => put('who', words.trim())}
          />
          <span className="audit-days">
            <DateField aria-label="从哪天起" value={filters.from ?? ''} onChange={(day) => put('from', day)} />
            <span aria-hidden="true">至</span>
            <DateField aria-label="到哪天止" value={filters.to ?? ''} onChange={(day) => put('to', day)} />
          </span>
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
        <Empty title="没有记录">{query.size > 0 ? '换个条件再找。' : null}</Empty>
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
            { title: '机构', dataIndex: 'officeName', width: 210 },
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
