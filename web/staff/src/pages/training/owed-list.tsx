import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Table } from 'antd';
import { Link } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { Due } from '../../parts/due.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';

type Item = Answer<'getTrainingWorklist'>['items'][number];

/** Wishes to answer, or courses that are over and whose result is owed; each opens the case. */
export function OwedList({ stage }: { stage: 'wished' | 'enrolled' }) {
  const narrow = useNarrow();
  const list = useInfiniteQuery({
    queryKey: ['training-owed', stage],
    queryFn: ({ pageParam, signal }) =>
      call('getTrainingWorklist', { query: { after: pageParam || undefined, stage }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <Empty title={stage === 'wished' ? '没有待答复的' : '没有待记结果的'} />;
  return (
    <>
      {narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#service`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <Due on={item.dueOn} state={item.state} />
                </span>
                <span>{item.project}</span>
                <span className="quiet">{item.officeName}</span>
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
            {
              title: stage === 'wished' ? '报名截止' : '培训结束',
              width: 216,
              render: (_, item) => <Due on={item.dueOn} state={item.state} />,
            },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => <Link to={`/cases/${item.applicationId}#service`}>{item.name}</Link>,
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '项目', dataIndex: 'project' },
            { title: '培训机构', dataIndex: 'institution' },
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
    </>
  );
}
