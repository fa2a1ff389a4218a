import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Dropdown, Input, Select, Table } from 'antd';
import { useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';
import { AccountAct, type ActName, actWords } from './account-act.tsx';
import { AccountDrawer } from './account-drawer.tsx';
import { type Secrets, SecretsShown } from './account-secrets.tsx';
import '../../styles/admin.css';

export type Account = Answer<'getAccounts'>['accounts'][number];
type Open =
  | { kind: 'form'; account?: Account }
  | { kind: 'act'; act: ActName; account: Account }
  | { kind: 'secrets'; account: Account; secrets?: Secrets };

const states = { open: '启用', locked: '锁定中', closed: '已停用' } as const;
type State = keyof typeof states;
const stateOf = (account: Account): State => (account.closedAt ? 'closed' : account.lockedUntil ? 'locked' : 'open');
const stateTag: Readonly<Record<State, string>> = { open: 'tag tag-clear', locked: 'tag tag-near', closed: 'tag' };

/** What can be done with an account now. */
function actsFor(account: Account): ActName[] {
  if (account.closedAt) return ['reopen'];
  return [
    ...(account.lockedUntil ? (['unlock'] as const) : []),
    'resetPassword',
    ...(account.own ? [] : (['resetSecondFactor', 'close'] as const)),
  ];
}

/** 账号: who signs in, as what and where. */
export default function Accounts() {
  const narrow = useNarrow();
  const { data: session } = useSession();
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState<Open>();
  const find = useRef<HTMLDivElement>(null);
  const [q, office, state] = [query.get('q') ?? '', query.get('office') ?? '', query.get('state') ?? ''];
  const list = useInfiniteQuery({
    queryKey: ['accounts', q, office, state],
    queryFn: ({ pageParam, signal }) =>
      call('getAccounts', {
        query: {
          q: q || undefined,
          office: office || undefined,
          state: (state || undefined) as State | undefined,
          after: pageParam || undefined,
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const put = (change: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setQuery(next, { replace: true });
  };
  useShortcuts({
    n: () => setOpen({ kind: 'form' }),
    '/': () => find.current?.querySelector('input')?.focus(),
    r: () => void list.refetch(),
  });
  const accounts = list.data?.pages.flatMap((page) => page.accounts) ?? [];
  const tools = (account: Account) => (
    <div className="row-tools">
      <Button size="small" onClick={() => setOpen({ kind: 'form', account })}>
        变更
      </Button>
      <Dropdown
        trigger={['click']}
        // Inside the page, not at its end: a menu belongs to its row and to the main landmark.
        getPopupContainer={(button) => button.parentElement ?? button}
        menu={{
          items: actsFor(account).map((act) => ({ key: act, label: actWords[act].title, danger: act === 'close' })),
          onClick: ({ key }) => setOpen({ kind: 'act', act: key as ActName, account }),
        }}
      >
        <Button size="small" aria-haspopup="menu" aria-label={`${account.displayName}的其他操作`}>
          其他…
        </Button>
      </Dropdown>
    </div>
  );
  const tag = (account: Account) => (
    <>
      <span className={stateTag[stateOf(account)]}>{states[stateOf(account)]}</span>
      {account.own && <span className="tag">本人</span>}
    </>
  );
  return (
    <Page
      title="账号"
      hint="本机构及下级机构的工作人员账号。密码只在开通或重设时显示一次。"
      tools={
        <>
          <div ref={find}>
            <Input.Search
              key={q}
              className="find"
              aria-label="按姓名或用户名查找"
              placeholder="姓名或用户名"
              allowClear
              defaultValue={q}
              onSearch={(text) => put({ q: text.trim() })}
            />
          </div>
          <OfficeSelect
            aria-label="按机构筛选"
            division={session?.office?.office ?? ''}
            value={office}
            onChange={(code) => put({ office: code })}
          />
          <Select
            aria-label="按状态筛选"
            allowClear
            placeholder="全部状态"
            className="state-select"
            value={state || undefined}
            options={Object.entries(states).map(([value, label]) => ({ value, label }))}
            onChange={(value?: string) => put({ state: value ?? '' })}
          />
          <Button type="primary" onClick={() => setOpen({ kind: 'form' })}>
            开通账号
            <span className="key" aria-hidden="true">
              n
            </span>
          </Button>
        </>
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : accounts.length === 0 ? (
        <Empty title="没有符合条件的账号">{q || office || state ? '换个条件再找。' : '可以开通第一个账号。'}</Empty>
      ) : narrow ? (
        <ul className="cards">
          {accounts.map((account) => (
            <li key={account.id} className="card">
              <div className="card-top">
                <b>{account.displayName}</b>
                <span className="tags">{tag(account)}</span>
              </div>
              <div>
                {account.roleText}，{account.officeName}
              </div>
              <div className="quiet break">{account.username}</div>
              {tools(account)}
            </li>
          ))}
        </ul>
      ) : (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={accounts}
          sticky
          columns={[
            { title: '姓名', dataIndex: 'displayName', width: 120 },
            { title: '用户名', dataIndex: 'username', width: 260, ellipsis: true },
            { title: '角色', dataIndex: 'roleText', width: 130 },
            { title: '机构', dataIndex: 'officeName' },
            {
              title: '状态',
              key: 'state',
              width: 140,
              render: (_, account) => <span className="tags">{tag(account)}</span>,
            },
            { title: '操作', key: 'tools', width: 150, render: (_, account) => tools(account) },
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
      {open?.kind === 'form' && (
        <AccountDrawer
          account={open.account}
          close={() => setOpen(undefined)}
          created={(account, secrets) => setOpen({ kind: 'secrets', account, secrets })}
        />
      )}
      {open?.kind === 'act' && (
        <AccountAct
          act={open.act}
          account={open.account}
          close={() => setOpen(undefined)}
          done={(account, secrets) => setOpen(secrets ? { kind: 'secrets', account, secrets } : undefined)}
        />
      )}
      {open?.kind === 'secrets' && (
        <SecretsShown account={open.account} secrets={open.secrets} close={() => setOpen(undefined)} />
      )}
    </Page>
  );
}
