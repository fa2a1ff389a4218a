import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented, Table } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';

type Item = Answer<'getDifficultyWorklist'>['items'][number];
type Stage = 'decide' | 'recheck';

/** 困难认定: applications to decide, and recognitions whose year ends within a month. */
export default function Difficulties() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const stage: Stage = query.get('stage') === 'recheck' ? 'recheck' : 'decide';
  const put = (next: { office?: string; stage?: Stage }) => {
    const to = { office, stage, ...next };
    const address = new URLSearchParams();
    if (to.office) address.set('office', to.office);
    if (to.stage === 'recheck') address.set('stage', to.stage);
    setQuery(address, { replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ['difficulties', office, stage],
    queryFn: ({ pageParam, signal }) =>
      call('getDifficultyWorklist', {
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
      title="困难认定"
      hint={
        stage === 'decide'
          ? '就业困难人员认定申请，先到期的在前。不向本人要材料，认定与否都不影响登记。'
          : '有效期一个月内到期的认定，核实后继续有效或退出。'
      }
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={stage}
            onChange={(value) => put({ stage: value as Stage })}
            options={[
              { value: 'decide', label: '待认定' },
              { value: 'recheck', label: '待复核' },
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
        <Empty title={stage === 'decide' ? '没有待认定的申请' : '一个月内没有到期的认定'} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#service`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <Due on={item.dueOn} state={item.state} />
                </span>
                <span>{item.category}</span>
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
            { title: '期限', width: 216, render: (_, item) => <Due on={item.dueOn} state={item.state} /> },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => <Link to={`/cases/${item.applicationId}#service`}>{item.name}</Link>,
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '类别', dataIndex: 'category' },
            { title: '申请时间', width: 160, className: 'num', render: (_, item) => stampText(item.appliedAt) },
            { title: '机构', dataIndex: 'officeName', width: 220 },
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
