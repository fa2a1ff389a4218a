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

type Item = Answer<'getSupportWorklist'>['items'][number];
type Stage = 'accepted' | 'forwarded';

/** 政策申请: to be forwarded, or whose result is awaited, the oldest first (A21-4g). */
export default function Support() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const stage: Stage = query.get('stage') === 'forwarded' ? 'forwarded' : 'accepted';
  const put = (next: { office?: string; stage?: Stage }) => {
    const to = { office, stage, ...next };
    const address = new URLSearchParams();
    if (to.office) address.set('office', to.office);
    if (to.stage === 'forwarded') address.set('stage', to.stage);
    setQuery(address, { replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ['support-list', office, stage],
    queryFn: ({ pageParam, signal }) =>
      call('getSupportWorklist', {
        query: { after: pageParam || undefined, office: office || undefined, stage },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const due = (item: Item) => (item.dueOn ? <Due on={item.dueOn} state={item.state} /> : null);
  return (
    <Page
      title="政策申请"
      hint={stage === 'accepted' ? '已受理、还没有转交的，先受理的在前。' : '已转交、还没有结果的，先受理的在前。'}
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={stage}
            onChange={(value) => put({ stage: value as Stage })}
            options={[
              { value: 'accepted', label: '待转交' },
              { value: 'forwarded', label: '等结果' },
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
        <Empty title={stage === 'accepted' ? '没有待转交的申请' : '没有等结果的申请'} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#service`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <span className="num">{item.acceptedOn}</span>
                </span>
                <span>{item.policy}</span>
                <span className="quiet">{item.forwardedTo || item.officeName}</span>
                {due(item)}
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
            { title: '受理', dataIndex: 'acceptedOn', className: 'num', width: 110 },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => <Link to={`/cases/${item.applicationId}#service`}>{item.name}</Link>,
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '政策', dataIndex: 'policy' },
            ...(stage === 'forwarded' ? [{ title: '转交给', dataIndex: 'forwardedTo', width: 180 }] : []),
            { title: '期限', width: 200, render: (_, item) => due(item) ?? <span className="quiet">没有规定</span> },
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
