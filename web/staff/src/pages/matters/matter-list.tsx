import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Segmented, Table } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { useNarrow } from '../../lib/media.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Due } from '../../parts/due.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import './matters.css';

type List = Answer<'getMatterWorklist'>;
type Item = List['items'][number];
const stages = {
  introduce: { label: '职业介绍', hint: '要求介绍工作的人，首次联系时一并介绍。', empty: '没有待介绍的' },
  carry: { label: '人工转送', hint: '没有接口或对方没有收下的，请人工转送。', empty: '没有要人工转送的' },
  answer: { label: '等答复', hint: '转给民政或人工转送的，还没有答复。', empty: '没有等答复的' },
  check: { label: '停发核实', hint: '失业保险金停发，不等于退出登记；请核实本人情况。', empty: '没有要核实的停发' },
} as const;
type Stage = keyof typeof stages;
type Shown = Stage | 'handed';

/** 一件事: introductions owed, parts to carry, referrals without answer, stopped benefits, and forms handed over by the benefit office. */
export default function MatterList() {
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const office = query.get('office') ?? '';
  const asked = query.get('stage') ?? '';
  const stage: Shown = asked === 'handed' || Object.hasOwn(stages, asked) ? (asked as Shown) : 'introduce';
  const put = (next: { office?: string; stage?: Shown }) => {
    const to = { office, stage, ...next };
    const address = new URLSearchParams();
    if (to.office) address.set('office', to.office);
    if (to.stage !== 'introduce') address.set('stage', to.stage);
    setQuery(address, { replace: true });
  };
  const cache = useQueryClient();
  const refresh = () => void cache.invalidateQueries({ queryKey: ['matter-list'] });
  useShortcuts({ r: refresh });
  return (
    <Page
      title="一件事"
      hint={stage === 'handed' ? '失业保险窗口受理后转来、登记表有问题的；与本人核对，不退回。' : stages[stage].hint}
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={stage}
            onChange={(value) => put({ stage: value as Shown })}
            options={[
              ...Object.entries(stages).map(([value, { label }]) => ({ value, label })),
              { value: 'handed', label: '失保转来' },
            ]}
          />
          {stage !== 'handed' && (
            <OfficeSelect
              division={session?.office?.office ?? ''}
              value={office}
              onChange={(next) => put({ office: next })}
              aria-label="按机构筛选"
            />
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
      {stage === 'handed' ? <Handed /> : <Owed stage={stage} office={office} />}
    </Page>
  );
}

function Owed({ stage, office }: { stage: Stage; office: string }) {
  const narrow = useNarrow();
  const list = useInfiniteQuery({
    queryKey: ['matter-list', stage, office],
    queryFn: ({ pageParam, signal }) =>
      call('getMatterWorklist', {
        query: { after: pageParam || undefined, office: office || undefined, stage },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data) return <Failed error={list.error} retry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  return (
    <>
      <Silent lines={list.data.pages[0]?.silent ?? []} />
      {items.length === 0 ? (
        <Empty title={stages[stage].empty} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.applicationId}#matters`} className="card">
                <span className="card-top">
                  <b>{item.name}</b>
                  <Due on={item.dueOn} state={item.state} />
                </span>
                <span>
                  {item.kindText}，{item.stateText}
                </span>
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
              render: (_, item) => <Link to={`/cases/${item.applicationId}#matters`}>{item.name}</Link>,
            },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '事项', dataIndex: 'kindText' },
            { title: '状态', dataIndex: 'stateText', width: 220 },
            { title: '机构', dataIndex: 'officeName', width: 240 },
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
    </>
  );
}

/** Outside systems that do not answer; nothing else waits for them. */
function Silent({ lines }: { lines: List['silent'] }) {
  return lines.map((line) => (
    <div key={line.name} className="box box-warn silent-lines" role="status">
      <b>
        {line.name}自{stampText(line.since)}起没有应答
      </b>
      {line.waiting > 0 && `，${line.waiting}件等着转送`}。系统会自动再试，登记和其他事项照常办理。
    </div>
  ));
}

type HandedItem = Answer<'getBenefitHandovers'>['items'][number];

function Handed() {
  const narrow = useNarrow();
  const may = useMay();
  const [open, setOpen] = useState<HandedItem>();
  const { data, error, refetch } = useQuery({
    queryKey: ['matter-list', 'handed'],
    queryFn: ({ signal }) => call('getBenefitHandovers', { signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0) return <Empty title="没有要核对的" />;
  const act = (item: HandedItem) =>
    may('matter.settle') && (
      <Button size="small" onClick={() => setOpen(item)}>
        记录处理
      </Button>
    );
  return (
    <>
      {narrow ? (
        <ul className="cards">
          {data.items.map((item) => (
            <li key={item.number} className="card">
              <span className="card-top">
                <b>{item.name}</b>
                <span className="num quiet">{stampText(item.submittedAt)}</span>
              </span>
              <span className="num quiet">{item.idMasked}</span>
              <span>{item.faults}</span>
              <span>{act(item)}</span>
            </li>
          ))}
        </ul>
      ) : (
        <Table<HandedItem>
          size="small"
          rowKey="number"
          pagination={false}
          dataSource={data.items}
          columns={[
            { title: '提交', width: 150, className: 'num', render: (_, item) => stampText(item.submittedAt) },
            { title: '姓名', dataIndex: 'name', width: 100 },
            { title: '证件号码', dataIndex: 'idMasked', className: 'num', width: 190 },
            { title: '要核对的', dataIndex: 'faults' },
            { title: '办理', width: 110, render: (_, item) => act(item) },
          ]}
        />
      )}
      {open && <HandedDrawer item={open} close={() => setOpen(undefined)} />}
    </>
  );
}

function HandedDrawer({ item, close }: { item: HandedItem; close: () => void }) {
  const [text, setText] = useState('');
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const send = useMutation({
    mutationFn: (body: Body<'settleBenefitHandover'>) => call('settleBenefitHandover', { body, key: keyFor(body) }),
    onError: refused,
    onSuccess: (answer) => {
      message.success(answer.message);
      void cache.invalidateQueries({ queryKey: ['matter-list'] });
      close();
    },
  });
  return (
    <ActionDrawer
      title={`核对：${item.name}`}
      close={close}
      submitText="保存"
      busy={send.isPending}
      {...(send.error ? { trouble: troubleOf(send.error) } : {})}
      hold={text.trim().length < 4 ? '请写明怎样办的' : undefined}
      consequence="登记由本人在窗口或网上补办，提交日期按失业保险窗口受理的那天说明。"
      submit={() => send.mutate({ number: item.number, text: text.trim() })}
    >
      <p>{item.faults}</p>
      <FreeText label="怎样办的" required value={text} onChange={setText} hint="如电话核对后已在窗口登记。" />
    </ActionDrawer>
  );
}
