import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Query } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented, Table } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import '../vacancies/vacancy.css';
import { SettleReferral } from '../vacancies/settle-referral.tsx';

type Item = Answer<'getReferralWorklist'>['items'][number];
type State = NonNullable<NonNullable<Query<'getReferralWorklist'>>['state']>;

/** 回访求职结果: whom to ask how it went, earliest due first; those who have said so themselves can be settled at once (A21-4d). */
export default function Referrals() {
  const narrow = useNarrow();
  const may = useMay();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState<Item>();
  const office = query.get('office') ?? '';
  const state = query.get('state') ?? '';
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace: true });
  };
  const list = useInfiniteQuery({
    queryKey: ['referrals', office, state],
    queryFn: ({ pageParam, signal }) =>
      call('getReferralWorklist', {
        query: {
          after: pageParam || undefined,
          office: office || undefined,
          state: (state || undefined) as State | undefined,
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages[0]?.counts;
  const clause = items[0]?.referral.clause;
  const settle = (item: Item) =>
    may('referral.record') && (
      <Button size="small" onClick={() => setOpen(item)} aria-label={`记录${item.name}的结果`}>
        记录结果
      </Button>
    );
  return (
    <Page
      title="回访求职结果"
      hint={
        <>
          推荐过岗位、还不知道结果的人，期限早的在前。
          {clause?.document && ` 依据：${clause.document} ${clause.clause}`}
        </>
      }
      tools={
        <>
          <OfficeSelect
            division={session?.office?.office ?? ''}
            value={office}
            onChange={(next) => put('office', next)}
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
      {counts && (
        <p className="list-states">
          <Segmented
            aria-label="按状态筛选"
            value={state}
            onChange={(next) => put('state', String(next))}
            options={[
              { value: '', label: `全部 ${counts.open}` },
              { value: 'late', label: `已逾期 ${counts.late}` },
              { value: 'near', label: `将到期 ${counts.near}` },
              { value: 'told', label: `本人已说结果 ${counts.told}` },
            ]}
          />
        </p>
      )}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title="没有要回访的">推荐岗位以后，到期会出现在这里。</Empty>
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.referral.id} className="card">
              <span className="card-top">
                <Link to={`/cases/${item.applicationId}`}>
                  <b>{item.name}</b>
                </Link>
                <Due on={item.referral.askDue} state={item.dueState} />
              </span>
              <span>
                {item.referral.title}，{item.referral.employerName}
              </span>
              <span className="quiet">{toldText(item)}</span>
              <span>{settle(item)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Table<Item>
          size="small"
          rowKey={({ referral }) => referral.id}
          pagination={false}
          dataSource={items}
          columns={[
            {
              title: '回访期限',
              width: 190,
              render: (_, item) => <Due on={item.referral.askDue} state={item.dueState} />,
            },
            { title: '姓名', render: (_, item) => <Link to={`/cases/${item.applicationId}`}>{item.name}</Link> },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num' },
            { title: '岗位', render: (_, item) => item.referral.title },
            { title: '单位', render: (_, item) => item.referral.employerName },
            { title: '推荐', render: (_, item) => `${item.referral.at.slice(0, 10)} ${item.referral.meansText}` },
            { title: '本人说', render: (_, item) => toldText(item) },
            { title: '机构', dataIndex: 'officeName' },
            { title: '办理', width: 96, render: (_, item) => settle(item) },
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
      {open && <SettleReferral referral={open.referral} name={open.name} close={() => setOpen(undefined)} />}
    </Page>
  );
}

const toldTexts = { hired: '已录用', notHired: '没有录用', declined: '没有去' } as const;
const toldText = ({ referral }: Item): string =>
  referral.told
    ? `${toldTexts[referral.told.result]}${referral.told.reason ? `：${referral.told.reason}` : ''}`
    : '还没有说';
