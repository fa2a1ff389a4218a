import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Input, type InputRef } from 'antd';
import { type ReactNode, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { Refused } from '../../parts/notice.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { AssignDialog } from './assign-dialog.tsx';
import { ChosenBar } from './chosen-bar.tsx';
import { FilterBar, type Filters, filtersOf } from './filter-bar.tsx';
import { filterNames, type WorklistTexts } from './kinds.ts';
import { ListTable } from './list-table.tsx';
import { More } from './more.tsx';
import { SavedFilters } from './saved-filters.tsx';
import { useList } from './use-list.ts';
import { useSharing, type WorklistItem } from './use-sharing.ts';

/** As many lines as one request shares out. */
const MOST = 200;

/** One worklist: earliest due date first, by keyboard or by touch; lines are ticked and shared out. */
export function Worklist({
  texts,
  tools,
  children,
}: {
  texts: WorklistTexts;
  tools?: ReactNode;
  children?: ReactNode;
}) {
  const may = useMay();
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const filters = filtersOf(query);
  const [find, setFind] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  // Ticks belong to the lines they were made on: other filters, by whatever way they came, begin without any.
  const [chosenIn, setChosenIn] = useState(query.toString());
  if (chosenIn !== query.toString()) {
    setChosenIn(query.toString());
    setChosen(new Set());
  }
  const [assigning, setAssigning] = useState<readonly WorklistItem[]>();
  const search = useRef<InputRef>(null);
  const sharing = useSharing(() => {
    setChosen(new Set());
    setAssigning(undefined);
  });
  const sharer = (may('work.take') || may('work.assign')) && !narrow;
  const toggle = (item: WorklistItem) => all([item], !chosen.has(item.id));
  const all = (some: readonly WorklistItem[], on: boolean) => {
    const next = new Set(chosen);
    for (const { id } of some)
      if (!on) next.delete(id);
      else if (next.size < MOST) next.add(id);
    setChosen(next);
    sharing.forget();
  };
  const { state } = filters;
  const narrowed = texts.states.find(({ value }) => value === state)?.query;
  const words = find.trim();
  const view = useList<Answer<'getDecisionWorklist'>>(
    ['worklist', texts.route, filters],
    (after, signal) =>
      call(texts.route, {
        query: { after, office: filters.office || undefined, assigned: filters.assigned || undefined, ...narrowed },
        signal,
      }),
    words,
    {
      '/': () => search.current?.focus(),
      ...(sharer ? { x: (current) => current && toggle(current) } : {}),
      ...(may('work.take') && !narrow ? { t: (current) => take(targets(current), false) } : {}),
      ...(may('work.assign') && !narrow ? { a: (current) => assign(targets(current)) } : {}),
    },
  );
  const { list, items } = view;
  const picked = view.all.filter(({ id }) => chosen.has(id));
  /** What a key acts on: the ticked lines, else the current one. */
  const targets = (current: WorklistItem | undefined) => (picked.length > 0 ? picked : current ? [current] : []);
  const take = (some: readonly WorklistItem[], back: boolean) =>
    some.length > 0 && sharing.run(some, { do: back ? 'giveBack' : 'take' });
  const assign = (some: readonly WorklistItem[]) => {
    sharing.forget();
    if (some.length > 0) setAssigning(some);
  };
  function setFilters(next: Filters): void {
    const address = new URLSearchParams();
    for (const name of filterNames) if (next[name]) address.set(name, next[name]);
    view.first();
    setQuery(address, { replace: true });
  }
  const filtered = filterNames.some((name) => filters[name]);
  return (
    <Page
      title={texts.title}
      hint={texts.hint}
      tools={
        <>
          <FilterBar
            texts={texts}
            filters={filters}
            onChange={setFilters}
            holders={new Map(view.all.flatMap(({ assigned }) => (assigned ? [[assigned.id, assigned.name]] : [])))}
          />
          <Input
            ref={search}
            value={find}
            allowClear
            placeholder="在已加载的行中找"
            aria-label="在已加载的行中找姓名、编号、经办人或说明"
            suffix={
              <span className="key" aria-hidden="true">
                /
              </span>
            }
            className="find"
            onChange={(event) => {
              setFind(event.target.value);
              view.first();
            }}
            onKeyDown={(event) => {
              if (event.key === 'Enter') view.open(items[0]);
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
          <SavedFilters kind={texts.kind} query={query.toString()} />
          {tools}
          <Button onClick={() => void list.refetch()} loading={list.isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
        </>
      }
    >
      {sharer && (
        <ChosenBar
          picked={picked}
          busy={sharing.busy}
          take={may('work.take') ? (back) => take(picked, back) : undefined}
          assign={may('work.assign') ? () => assign(picked) : undefined}
          all={picked.length < Math.min(items.length, MOST) ? () => all(items, true) : undefined}
          clear={() => setChosen(new Set())}
        />
      )}
      {sharing.trouble && !assigning && <Refused trouble={sharing.trouble} />}
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={words ? '已加载的行里没有找到' : filtered ? '没有符合筛选的业务' : texts.empty}>
          {words ? (
            <>
              可以到<Link to="/people">查人</Link>里按姓名、拼音或证件号码找。
            </>
          ) : filtered ? (
            <Button type="link" onClick={() => setFilters({ office: '', assigned: '', state: '' })}>
              清除筛选
            </Button>
          ) : null}
        </Empty>
      ) : (
        <ListTable
          texts={texts}
          items={items}
          current={view.current}
          open={view.open}
          walk={view.walk}
          point={view.point}
          choice={sharer ? { chosen, toggle } : undefined}
        />
      )}
      {items.length > 0 && <More list={list} count={view.all.length} />}
      {children}
      {assigning && (
        <AssignDialog
          items={assigning}
          close={() => setAssigning(undefined)}
          assign={(to) => sharing.run(assigning, { do: 'assign', to })}
          busy={sharing.busy}
          trouble={sharing.trouble}
        />
      )}
    </Page>
  );
}
