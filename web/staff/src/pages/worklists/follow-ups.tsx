import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Table } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';

type Item = Answer<'getFollowUps'>['items'][number];

/** 每月跟踪: who has not been followed up this month, and how far each office is (A21-5b, M79-4a, H122-2g). */
export default function FollowUps() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const put = (next: string) => setQuery(next ? { office: next } : {}, { replace: true });
  const list = useInfiniteQuery({
    queryKey: ['follow-ups', office],
    queryFn: ({ pageParam, signal }) =>
      call('getFollowUps', { query: { after: pageParam || undefined, office: office || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const coverage = useQuery({
    queryKey: ['coverage', office],
    queryFn: ({ signal }) => call('getCoverage', { query: { office: office || undefined }, signal }),
  });
  const refresh = () => {
    void list.refetch();
    void coverage.refetch();
  };
  useShortcuts({ r: refresh });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const clause = list.data?.pages[0]?.clause;
  return (
    <Page
      title="每月跟踪"
      hint={
        <>
          本月以前登记、这个月还没有跟踪到的人，最久没联系的在前。电话、上门、信息比对、本人报告都算。
          {clause?.document && ` 依据：${clause.document} ${clause.clause}`}
        </>
      }
      tools={
        <>
          <OfficeSelect
            division={session?.office?.office ?? ''}
            value={office}
            onChange={put}
            aria-label="按机构筛选"
          />
          <Button onClick={refresh} loading={list.isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
        </>
      }
    >
      {coverage.data && coverage.data.offices.length > 0 && <Coverage data={coverage.data} choose={put} />}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title="这个月都跟踪到了" />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.registrationId}>
              <Link to={`/cases/${item.id}`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <span className="num">{item.idMasked}</span>
                </span>
                <span>{lastText(item)}</span>
                <span className="quiet">
                  {item.officeName}，{item.note}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table
          size="small"
          rowKey="registrationId"
          pagination={false}
          dataSource={items}
          columns={[
            { title: '期限', render: (_, item) => <Due on={item.dueOn} state={item.state} />, width: 190 },
            { title: '姓名', render: (_, item) => <Link to={`/cases/${item.id}`}>{item.name}</Link> },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num' },
            { title: '最近跟踪到', render: (_, item) => lastText(item) },
            { title: '最近一次联系', dataIndex: 'note' },
            { title: '登记日期', dataIndex: 'registeredOn', className: 'num' },
            { title: '机构', dataIndex: 'officeName' },
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

const lastText = (item: Item): string => (item.lastMonth ? `${item.lastMonth.replace('-', '年')}月` : '登记后还没有');

function Coverage({ data, choose }: { data: Answer<'getCoverage'>; choose: (office: string) => void }) {
  const total = data.offices.reduce(
    (sum, one) => ({ seen: sum.seen + one.seen, registered: sum.registered + one.registered }),
    { seen: 0, registered: 0 },
  );
  const share = (one: { seen: number; registered: number }) =>
    one.registered === 0 ? '—' : `${((one.seen / one.registered) * 100).toFixed(1)}%`;
  return (
    <Box title={`${data.month.replace('-', '年')}月覆盖情况：${share(total)}（${total.seen}/${total.registered}人）`}>
      <Table
        className="coverage"
        size="small"
        rowKey="office"
        pagination={false}
        dataSource={[...data.offices]}
        columns={[
          {
            title: '机构',
            render: (_, one) => (
              <Button type="link" size="small" onClick={() => choose(one.office)}>
                {one.officeName}
              </Button>
            ),
          },
          { title: '全月在册', dataIndex: 'registered', align: 'right', className: 'num' },
          { title: '已跟踪', dataIndex: 'seen', align: 'right', className: 'num' },
          { title: '还差', render: (_, one) => one.registered - one.seen, align: 'right', className: 'num' },
          { title: '覆盖率', render: (_, one) => share(one), align: 'right', className: 'num' },
        ]}
      />
      <p className="quiet">全月在册：本月以前登记、现在仍有效的人。本月新登记和本月退出的不计入。</p>
    </Box>
  );
}
