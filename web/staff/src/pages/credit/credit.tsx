import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Table } from 'antd';
import { Link } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';

type Item = Answer<'getCreditWorklist'>['items'][number];

/** 信用记录: noticed records to decide once the person was heard or the time is over, and objections to answer (A21-5c). */
export default function Credit() {
  const narrow = useNarrow();
  const list = useInfiniteQuery({
    queryKey: ['credit-list'],
    queryFn: ({ pageParam, signal }) => call('getCreditWorklist', { query: { after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const today = useToday();
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const heard = (item: Item) =>
    item.objected
      ? `本人有异议，${item.dueOn}前答复`
      : item.answered
        ? '本人已说明，可以决定'
        : item.dueOn < today
          ? '期限已过，可以决定'
          : `${item.dueOn}前听取意见`;
  return (
    <Page title="信用记录" hint="待决定的由第二人决定，本人的异议由没有参与决定的人答复。登记不受影响。">
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title="没有待决定和待答复的" />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#service`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <span>{item.levelText}</span>
                </span>
                <span>{item.causeText}</span>
                <span className="quiet">{heard(item)}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table<Item>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={items}
          columns={[
            { title: '要做什么', width: 240, render: (_, item) => heard(item) },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => <Link to={`/cases/${item.applicationId}#service`}>{item.name}</Link>,
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '等级', dataIndex: 'levelText', width: 130 },
            { title: '情形', dataIndex: 'causeText' },
            { title: '机构', dataIndex: 'officeName', width: 200 },
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
