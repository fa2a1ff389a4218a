import { useInfiniteQuery } from '@tanstack/react-query';
import { codeText } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Input, type InputRef, Table, type TableColumnsType } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';

export type WorklistItem = Answer<'getDecisionWorklist'>['items'][number];
type Route = 'getDecisionWorklist' | 'getContactWorklist' | 'getExitWorklist';

export interface WorklistTexts {
  readonly route: Route;
  readonly title: string;
  readonly hint: string;
  readonly number: string;
  readonly at: string;
  readonly empty: string;
  readonly note: string;
  /** Exits carry no legal due date of their own unless the server gives one. */
  readonly due: string;
}

const channels = (channel: string) => codeText('channel', channel) ?? channel;
const shortChannels: Readonly<Record<string, string>> = {
  portal: '网上大厅',
  counter: '窗口',
  platform: '全国平台',
  benefit: '失保窗口',
};
const shortChannel = (channel: string) => shortChannels[channel] ?? channel;

/** One worklist: earliest due date first, by keyboard or by touch; a table on a desk, a list on a phone. */
export function Worklist({ texts }: { texts: WorklistTexts }) {
  const navigate = useNavigate();
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const [filter, setFilter] = useState('');
  const [at, setAt] = useState(0);
  const search = useRef<InputRef>(null);
  const list = useInfiniteQuery({
    queryKey: ['worklist', texts.route, office],
    queryFn: ({ pageParam, signal }) =>
      call(texts.route, { query: { after: pageParam || undefined, office: office || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const all = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const words = filter.trim();
  const items = words
    ? all.filter((item) =>
        [item.name, item.number, item.idMasked, item.officeName, item.note].some((text) => text.includes(words)),
      )
    : all;
  const index = Math.min(at, Math.max(items.length - 1, 0));
  const rowId = (item: WorklistItem) => `row-${item.id}`;
  const move = (step: number) => setAt(Math.min(Math.max(index + step, 0), Math.max(items.length - 1, 0)));
  const open = (item: WorklistItem | undefined) => item && navigate(`/cases/${item.id}`);
  const current = items[index];
  const currentId = current && rowId(current);
  useEffect(() => {
    if (currentId) document.getElementById(currentId)?.scrollIntoView({ block: 'nearest' });
  }, [currentId]);
  useShortcuts({
    down: () => move(1),
    up: () => move(-1),
    open: () => open(current),
    r: () => void list.refetch(),
    m: () => list.hasNextPage && void list.fetchNextPage(),
    '/': () => search.current?.focus(),
  });
  const columns: TableColumnsType<WorklistItem> = [
    {
      title: texts.due,
      dataIndex: 'dueOn',
      width: 192,
      render: (_, item) => <Due on={item.dueOn} state={item.state} />,
    },
    {
      title: '姓名',
      dataIndex: 'name',
      width: 132,
      render: (_, item) => (
        <Link to={`/cases/${item.id}`} tabIndex={item === current ? 0 : -1}>
          {item.name}
        </Link>
      ),
    },
    { title: texts.note, dataIndex: 'note' },
    { title: '证件号码', dataIndex: 'idMasked', width: 164, className: 'num' },
    { title: texts.number, dataIndex: 'number', width: 172, className: 'num' },
    { title: '机构', dataIndex: 'officeName', width: 200, ellipsis: true },
    { title: '来源', dataIndex: 'channel', width: 84, render: shortChannel, responsive: ['lg'] },
    { title: texts.at, dataIndex: 'at', width: 136, className: 'num', render: stampText, responsive: ['xxl'] },
  ];
  return (
    <Page
      title={texts.title}
      hint={texts.hint}
      tools={
        <>
          <OfficeSelect
            division={session?.office?.office ?? ''}
            value={office}
            aria-label="按机构筛选"
            placeholder="本机构及以下"
            onChange={(code) => {
              setAt(0);
              setQuery(code ? { office: code } : {}, { replace: true });
            }}
          />
          <Input
            ref={search}
            value={filter}
            allowClear
            placeholder="在已加载的行中找"
            aria-label="在已加载的行中找姓名、编号或说明"
            suffix={
              <span className="key" aria-hidden="true">
                /
              </span>
            }
            className="find"
            onChange={(event) => {
              setFilter(event.target.value);
              setAt(0);
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') open(items[0]);
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
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
        <Empty title={words ? '已加载的行里没有找到' : texts.empty}>
          {words ? (
            <>
              可以到<Link to="/people">查人</Link>里按姓名、拼音或证件号码找。
            </>
          ) : office ? (
            '其他机构可能还有，清除机构筛选再看。'
          ) : null}
        </Empty>
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.id}`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <span className="num">{item.idMasked}</span>
                </span>
                <Due on={item.dueOn} state={item.state} />
                {item.note && <span>{item.note}</span>}
                <span className="quiet">
                  {item.officeName}，{channels(item.channel)}
                </span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={items}
          pagination={false}
          sticky
          rowClassName={(item) => (item === current ? 'row row-current' : 'row')}
          onRow={(item) => ({
            id: rowId(item),
            onClick: (event) => {
              setAt(items.indexOf(item));
              if (!(event.target as HTMLElement).closest('a')) open(item);
            },
          })}
        />
      )}
      {list.data && items.length > 0 && (
        <p className="more">
          {list.hasNextPage ? (
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              加载更多
            </Button>
          ) : (
            <span className="quiet">共{all.length}条，已全部显示</span>
          )}
        </p>
      )}
    </Page>
  );
}
