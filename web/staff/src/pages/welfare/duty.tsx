import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented, Table } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';

type Item = Answer<'getWelfareWorklist'>['items'][number];
type Stage = 'check' | 'ending';

/** 在岗核查: people in public-welfare posts whose check of the month is owed, the missed ones first; and whose time ends soon (A21-4f). */
export default function WelfareDuty() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const stage: Stage = query.get('stage') === 'ending' ? 'ending' : 'check';
  const put = (next: { office?: string; stage?: Stage }) => {
    const to = { office, stage, ...next };
    const address = new URLSearchParams();
    if (to.office) address.set('office', to.office);
    if (to.stage === 'ending') address.set('stage', to.stage);
    setQuery(address, { replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ['welfare-duty', office, stage],
    queryFn: ({ pageParam, signal }) =>
      call('getWelfareWorklist', {
        query: { after: pageParam || undefined, office: office || undefined, stage },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="在岗核查"
      hint={
        stage === 'check'
          ? '公益性岗位上的人，每月核查一次在岗。漏查的排在前面。'
          : '两个月内到期的安置，提前和本人商量下一步。'
      }
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={stage}
            onChange={(value) => put({ stage: value as Stage })}
            options={[
              { value: 'check', label: '待核查' },
              { value: 'ending', label: '快到期' },
            ]}
          />
          <OfficeSelect
            division={session?.office?.office ?? ''}
            value={office}
            onChange={(next) => put({ office: next })}
            aria-label="按机构筛选"
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
      ) : items.length === 0 ? (
        <Empty title={stage === 'check' ? '本月都核查过了' : '两个月内没有到期的安置'} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#service`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <Due on={item.dueOn} state={item.state} />
                </span>
                <span>
                  {item.title}，{item.employer}
                </span>
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
              title: stage === 'check' ? '核查期限' : '到期',
              width: 216,
              render: (_, item) => <Due on={item.dueOn} state={item.state} />,
            },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => <Link to={`/cases/${item.applicationId}#service`}>{item.name}</Link>,
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '岗位', dataIndex: 'title', width: 160 },
            { title: '单位', dataIndex: 'employer' },
            { title: '上岗', dataIndex: 'startsOn', className: 'num', width: 110 },
            // Its own day in the first column already, of those that are ending.
            ...(stage === 'check' ? [{ title: '最长到', dataIndex: 'endsBy', className: 'num', width: 110 }] : []),
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
