import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented, Table } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Due } from '../../parts/due.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import { ServedFigures } from './figures.tsx';
import './served.css';

export type Served = Answer<'getServed'>['items'][number];
type Stage = 'first' | 'month' | 'figures';

const ContactDrawer = lazy(async () => ({ default: (await import('./drawers.tsx')).ContactDrawer }));
const EndDrawer = lazy(async () => ({ default: (await import('./drawers.tsx')).EndDrawer }));
const ImportDrawer = lazy(async () => ({ default: (await import('./import-drawer.tsx')).ImportDrawer }));

/** 参照服务对象: the three groups, served on the clocks of registrants without being registered (M79-1b). */
export default function ServedPeople() {
  const may = useMay();
  const { data: session } = useSession();
  const [importing, setImporting] = useState(false);
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const asked = query.get('stage');
  const stage: Stage = asked === 'month' || asked === 'figures' ? asked : 'first';
  const put = (next: { office?: string; stage?: Stage }) => {
    const to = { office, stage, ...next };
    const address = new URLSearchParams();
    if (to.office) address.set('office', to.office);
    if (to.stage !== 'first') address.set('stage', to.stage);
    setQuery(address, { replace: true });
  };
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: ['served'] });
  useShortcuts({ r: refresh });
  return (
    <Page
      title="参照服务对象"
      hint="没有登记、但参照登记失业人员服务的人。本人办了失业登记，就自动转到登记里服务。"
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={stage}
            onChange={(value) => put({ stage: value as Stage })}
            options={[
              { value: 'first', label: '待首次联系' },
              { value: 'month', label: '本月待跟踪' },
              { value: 'figures', label: '人数和名单' },
            ]}
          />
          <OfficeSelect
            division={session?.office?.office ?? ''}
            value={office}
            onChange={(next) => put({ office: next })}
            aria-label="按机构筛选"
          />
          {may('served.manage') && (
            <Button type="primary" onClick={() => setImporting(true)}>
              导入名单
            </Button>
          )}
          <Button onClick={refresh}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
        </>
      }
    >
      {stage === 'figures' ? <ServedFigures office={office} /> : <Owed stage={stage} office={office} />}
      <Suspense fallback={null}>{importing && <ImportDrawer close={() => setImporting(false)} />}</Suspense>
    </Page>
  );
}

type Open = { act: 'contact' | 'end'; person: Served };

function Owed({ stage, office }: { stage: 'first' | 'month'; office: string }) {
  const narrow = useNarrow();
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const list = useInfiniteQuery({
    queryKey: ['served', stage, office],
    queryFn: ({ pageParam, signal }) =>
      call('getServed', { query: { after: pageParam || undefined, office: office || undefined, stage }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  if (items.length === 0) return <Empty title={stage === 'first' ? '没有待首次联系的人' : '本月都跟踪过了'} />;
  const acts = (person: Served) => (
    <span className="served-acts">
      {may('contact.record') && (
        <Button size="small" onClick={() => setOpen({ act: 'contact', person })}>
          记录联系
        </Button>
      )}
      {may('served.manage') && (
        <Button size="small" onClick={() => setOpen({ act: 'end', person })}>
          结束服务
        </Button>
      )}
    </span>
  );
  const when = (person: Served) =>
    person.dueOn && person.state !== 'met' ? (
      <Due on={person.dueOn} state={person.state} />
    ) : (
      <span className="num">上次 {person.lastMonth}</span>
    );
  const close = () => setOpen(undefined);
  return (
    <>
      {narrow ? (
        <ul className="cards">
          {items.map((person) => (
            <li key={person.id} className="card">
              <span className="card-top">
                <b>{person.name}</b>
                {when(person)}
              </span>
              <span>{person.groupText}</span>
              <span className="quiet">
                {person.mobileMasked}，{person.officeName}
              </span>
              <Last person={person} />
              {acts(person)}
            </li>
          ))}
        </ul>
      ) : (
        <Table<Served>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={items}
          columns={[
            {
              title: stage === 'first' ? '期限' : '上次跟踪',
              width: stage === 'first' ? 216 : 110,
              render: (_, person) => when(person),
            },
            {
              title: '姓名',
              width: 90,
              render: (_, person) => <b>{person.name}</b>,
            },
            {
              title: '证件号码、电话',
              width: 190,
              render: (_, person) => (
                <span className="num">
                  {person.idMasked}
                  <br />
                  {person.mobileMasked}
                </span>
              ),
            },
            {
              title: '群体',
              render: (_, person) => (
                <>
                  {person.groupText}
                  <br />
                  <span className="quiet">
                    {person.source}，<span className="num">{person.arrivedOn}</span>收到
                    {person.programme.to && `，享受到${person.programme.to}`}
                    {person.note && `，${person.note}`}
                  </span>
                </>
              ),
            },
            { title: '最近联系', width: 170, render: (_, person) => <Last person={person} /> },
            { title: '机构', dataIndex: 'officeName', width: 170 },
            { title: '办理', width: 176, render: (_, person) => acts(person) },
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
      <Suspense fallback={null}>
        {open?.act === 'contact' && <ContactDrawer person={open.person} close={close} />}
        {open?.act === 'end' && <EndDrawer person={open.person} close={close} />}
      </Suspense>
    </>
  );
}

function Last({ person }: { person: Served }) {
  const [one] = person.contacts;
  if (!one) return <span className="quiet">还没有联系过</span>;
  return (
    <span>
      {one.text}{' '}
      <span className="quiet beside">
        {stampText(one.at)}，{one.by}
      </span>
      {one.note && <span className="served-note">{one.note}</span>}
    </span>
  );
}
