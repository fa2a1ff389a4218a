import { Button, Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { shortOffice } from '../../lib/office-name.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';
import { rowId } from './list-table.tsx';
import { More } from './more.tsx';
import { type Line, type ListPage, useList } from './use-list.ts';

/** A line with a due date; `id` is the application it leads to, `key` its own when one application has several. */
interface DueLine extends Line {
  readonly dueOn: string;
  readonly state: 'open' | 'near' | 'late';
}

/** The office of the address line, and a way to change it or another filter beside it. */
export function useFilters() {
  const [query, setQuery] = useSearchParams();
  return {
    get: (name: string) => query.get(name) ?? '',
    put: (name: string, value: string) => {
      const next = new URLSearchParams(query);
      if (value) next.set(name, value);
      else next.delete(name);
      setQuery(next, { replace: true });
    },
  };
}

/**
 * A list of what is owed, earliest due first, each line leading to its case: cards on a phone, a table walked by keyboard on a desk. What is
 * between due date, person and office is the page's own.
 */
export function CaseList<P extends ListPage & { readonly items: readonly DueLine[] }>({
  title,
  hint,
  listKey,
  read,
  empty,
  columns,
  words,
  tools,
  above,
}: {
  title: string;
  hint: ReactNode;
  listKey: readonly unknown[];
  read: (query: { after?: string; office?: string }, signal: AbortSignal) => Promise<P>;
  empty: string;
  /** Between person and office. */
  columns: TableColumnsType<P['items'][number]>;
  /** The same in one sentence, for a card. */
  words: (item: P['items'][number]) => ReactNode;
  tools?: ReactNode;
  above?: (first: P | undefined) => ReactNode;
}) {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const { get, put } = useFilters();
  const office = get('office');
  const { list, items, current, open, walk, point } = useList([...listKey, office], (after, signal) =>
    read({ ...(after ? { after } : {}), ...(office ? { office } : {}) }, signal),
  );
  return (
    <Page
      title={title}
      hint={hint}
      tools={
        <>
          {tools}
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
      {above?.(list.data?.pages[0])}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={empty} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={rowId(item)}>
              <Link to={`/cases/${item.id}`} state={{ walk }} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <Due on={item.dueOn} state={item.state} />
                </span>
                <span>{words(item)}</span>
                <span className="quiet">{shortOffice(item.officeName)}</span>
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table<P['items'][number]>
          size="small"
          rowKey={rowId}
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
            { title: '期限', width: 196, render: (_, item) => <Due on={item.dueOn} state={item.state} /> },
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
            ...columns,
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
    </Page>
  );
}
