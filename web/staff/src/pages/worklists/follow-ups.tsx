import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Select, Table } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { shortOffice } from '../../lib/office-name.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import { ComparisonDrawer } from './comparison-drawer.tsx';
import { Coverage } from './coverage.tsx';
import { rowId } from './list-table.tsx';
import { More } from './more.tsx';
import { useList } from './use-list.ts';

type Item = Answer<'getFollowUps'>['items'][number];
/** A page of either route; the counts come with the first page of the one. */
type List = { items: Item[]; next?: string } & Partial<Pick<Answer<'getFollowUps'>, 'clause' | 'counts'>>;

/** What the list holds: contacts owed by the end of the month, narrowed by their day, or who is missing from the coverage of the month. */
const views = ['', 'late', 'near', 'missing'] as const;
type View = (typeof views)[number];

/** 每月跟踪: whose next contact is owed, and how far each office is with the month (A21-5b, M79-4a, H122-2g). */
export default function FollowUps() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const view: View = views.find((one) => one === query.get('view')) ?? '';
  const put = (part: { office?: string; view?: View }) => {
    const next = { office, view, ...part };
    setQuery(Object.fromEntries(Object.entries(next).filter(([, value]) => value)), { replace: true });
  };
  const { list, items, current, open, walk, point } = useList<List>(['follow-ups', office, view], (after, signal) =>
    view === 'missing'
      ? call('getMissing', { query: { after, office: office || undefined }, signal })
      : call('getFollowUps', { query: { after, office: office || undefined, state: view || undefined }, signal }),
  );
  const coverage = useQuery({
    queryKey: ['coverage', office],
    queryFn: ({ signal }) => call('getCoverage', { query: { office: office || undefined }, signal }),
  });
  const may = useMay();
  const [comparing, setComparing] = useState(false);
  const { clause, counts } = list.data?.pages[0] ?? {};
  const counted = (text: string, count: number | undefined) => (count === undefined ? text : `${text}（${count}）`);
  return (
    <Page
      title="每月跟踪"
      hint={
        <>
          每人每月至少联系一次，C类更勤，期限早的在前。电话、上门、信息比对、本人报告都算。
          {clause?.document && `依据：${clause.document} ${clause.clause}`}
        </>
      }
      tools={
        <>
          <OfficeSelect
            division={session?.office?.office ?? ''}
            value={office}
            onChange={(chosen) => put({ office: chosen })}
            aria-label="按机构筛选"
          />
          <Select
            aria-label="按期限筛选"
            className="filter"
            value={view}
            onChange={(chosen: View) => put({ view: chosen })}
            popupMatchSelectWidth={false}
            options={[
              { value: '', label: counted('本月到期', counts?.open) },
              { value: 'late', label: counted('已经过期', counts?.late) },
              { value: 'near', label: counted('今明两天', counts?.near) },
              { value: 'missing', label: '本月还没有跟踪' },
            ]}
          />
          {may('contact.record') && <Button onClick={() => setComparing(true)}>记信息比对</Button>}
          <Button
            onClick={() => {
              void list.refetch();
              void coverage.refetch();
            }}
            loading={list.isRefetching}
          >
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
        </>
      }
    >
      {coverage.data && coverage.data.offices.length > 0 && (
        <Coverage data={coverage.data} choose={(chosen) => put({ office: chosen, view: 'missing' })} />
      )}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={emptyTexts[view]} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.registrationId}>
              <Link to={`/cases/${item.id}`} state={{ walk }} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <span className="num">{item.idMasked}</span>
                </span>
                <Due on={item.dueOn} state={item.state} />
                <span>
                  {whyText(item)}，{item.note}
                </span>
                <span className="quiet">{shortOffice(item.officeName)}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table<Item>
          size="small"
          rowKey="registrationId"
          pagination={false}
          dataSource={items}
          sticky
          rowClassName={(item) => (item === current ? 'row row-current' : 'row')}
          onRow={(item) => ({
            id: rowId(item),
            onClick: (event) => {
              point(item);
              if (!(event.target as HTMLElement).closest('a')) open(item);
            },
          })}
          columns={[
            { title: '期限', render: (_, item) => <Due on={item.dueOn} state={item.state} />, width: 188 },
            {
              title: '姓名',
              width: 110,
              render: (_, item) => (
                <Link to={`/cases/${item.id}`} state={{ walk }} tabIndex={item === current ? 0 : -1}>
                  {item.name}
                </Link>
              ),
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 170 },
            { title: '要求', render: (_, item) => whyText(item), width: 110 },
            { title: '最近跟踪到', render: (_, item) => lastText(item), width: 120 },
            { title: '最近一次联系', dataIndex: 'note' },
            { title: '登记日期', dataIndex: 'registeredOn', className: 'num', width: 110 },
            {
              title: '机构',
              dataIndex: 'officeName',
              width: 150,
              render: (name: string) => <span title={name}>{shortOffice(name)}</span>,
            },
          ]}
        />
      )}
      {items.length > 0 && <More list={list} count={items.length} />}
      {comparing && <ComparisonDrawer office={office} close={() => setComparing(false)} />}
    </Page>
  );
}

const emptyTexts: Readonly<Record<View, string>> = {
  '': '这个月到期的都联系过了',
  late: '没有过期的',
  near: '今明两天没有到期的',
  missing: '这个月都跟踪到了',
};

/** Why by this day: the month, or the rhythm of the class. */
const whyText = (item: Item): string => (item.dueBy === 'class' && item.class ? `${item.class}类间隔` : '每月一次');

const lastText = (item: Item): string => (item.lastMonth ? `${item.lastMonth.replace('-', '年')}月` : '登记后还没有');
