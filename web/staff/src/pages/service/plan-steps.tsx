import { useInfiniteQuery } from '@tanstack/react-query';
import { stepOwners } from '@yingdeng/rules/plan.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented, Table } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';

type Item = Answer<'getPlanSteps'>['items'][number];
type Missing = Answer<'getPlanSteps'>['withoutPlan'][number];

/** 计划待办: what each side of a plan owes, earliest due first; above it people in difficulty who have no plan yet (A21-4f). */
export default function PlanSteps() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const mine = query.get('officer') === 'mine';
  const put = (next: { office?: string; mine?: boolean }) => {
    const address = new URLSearchParams();
    const to = { office, mine, ...next };
    if (to.office) address.set('office', to.office);
    if (to.mine) address.set('officer', 'mine');
    setQuery(address, { replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ['plan-steps', office, mine],
    queryFn: ({ pageParam, signal }) =>
      call('getPlanSteps', {
        query: {
          after: pageParam || undefined,
          office: office || undefined,
          ...(mine ? { officer: 'mine' as const } : {}),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const missing = list.data?.pages[0]?.withoutPlan ?? [];
  return (
    <Page
      title="计划待办"
      hint="各人计划里没有做完的步骤，先到期的在前。过期只作提醒，不影响登记。"
      tools={
        <>
          <Segmented
            aria-label="谁负责的"
            value={mine ? 'mine' : 'all'}
            onChange={(value) => put({ mine: value === 'mine' })}
            options={[
              { value: 'all', label: '全部' },
              { value: 'mine', label: '我负责的' },
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
      {missing.length > 0 && <WithoutPlan missing={missing} />}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={mine ? '您负责的计划没有待办' : '计划没有待办'} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#service`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <Due on={item.dueOn} state={item.standing} />
                </span>
                <span>
                  {stepOwners[item.whose]}：{item.serviceText}，{item.what}
                </span>
                <span className="quiet">
                  {item.officeName}，负责人{item.officer}
                </span>
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
            { title: '期限', width: 216, render: (_, item) => <Due on={item.dueOn} state={item.standing} /> },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => <Link to={`/cases/${item.applicationId}#service`}>{item.name}</Link>,
            },
            { title: '谁做', width: 64, render: (_, item) => stepOwners[item.whose] },
            { title: '服务项目', dataIndex: 'serviceText', width: 150 },
            { title: '做什么', dataIndex: 'what' },
            { title: '负责人', dataIndex: 'officer', width: 110 },
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

function WithoutPlan({ missing }: { missing: readonly Missing[] }) {
  const late = missing.filter((one) => one.late).length;
  return (
    <Box
      title={`就业困难人员还没有援助计划：${missing.length}人${late > 0 ? `，其中${late}人已过期` : ''}`}
      id="without-plan"
    >
      <ul className="plain">
        {missing.map((one) => (
          <li key={one.applicationId}>
            <Link to={`/cases/${one.applicationId}#service`}>{one.name}</Link>
            <span className="quiet beside">
              {one.officeName}，{one.category}，{one.recognisedOn}认定
            </span>
            {one.dueOn && (
              <>
                {' '}
                <Due on={one.dueOn} state={one.late ? 'late' : 'open'} />
              </>
            )}
          </li>
        ))}
      </ul>
    </Box>
  );
}
