import { useQuery } from '@tanstack/react-query';
import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { DueWithClause } from '../../parts/due.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { AskDrawer } from './ask-drawer.tsx';
import { SettleDrawer } from './settle-drawer.tsx';

export type Request = Answer<'getTransfers'>['requests'][number];
type View = 'open' | 'settled';
type Open = { kind: 'ask' } | { kind: 'accept' | 'decline' | 'withdraw'; request: Request };

/** 跨市转移: what one office asks of another before a registration moves (M79-1a). */
export default function Transfers() {
  const [query, setQuery] = useSearchParams();
  const view: View = query.get('view') === 'settled' ? 'settled' : 'open';
  const [open, setOpen] = useState<Open | undefined>(() => (query.has('ask') ? { kind: 'ask' } : undefined));
  const list = useQuery({
    queryKey: ['transfers', view],
    queryFn: ({ signal }) => call('getTransfers', { query: { view }, signal }),
  });
  useShortcuts({ r: () => void list.refetch() });
  const requests = list.data?.requests ?? [];
  const close = () => {
    setOpen(undefined);
    if (query.has('ask')) setQuery({}, { replace: true });
  };
  return (
    <Page
      title="跨市转移"
      hint="本人搬到外市，登记跟着走，不用先退出再登记。两边机构都同意后转移，编号、登记日期和期限不变。"
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={view}
            onChange={(value) => setQuery(value === 'settled' ? { view: 'settled' } : {}, { replace: true })}
            options={[
              { value: 'open', label: '待答复' },
              { value: 'settled', label: '近90天已办' },
            ]}
          />
          <Button type="primary" onClick={() => setOpen({ kind: 'ask' })}>
            请原机构转出
          </Button>
        </>
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : requests.length === 0 ? (
        <Empty title={view === 'open' ? '没有等答复的转移' : '近90天没有办过跨市转移'} />
      ) : (
        <ul className="transfers">
          {requests.map((request) => (
            <li key={request.id} className="box">
              <One request={request} act={(kind) => setOpen({ kind, request })} />
            </li>
          ))}
        </ul>
      )}
      {open?.kind === 'ask' && <AskDrawer close={close} />}
      {open && open.kind !== 'ask' && <SettleDrawer request={open.request} kind={open.kind} close={close} />}
    </Page>
  );
}

function One({ request, act }: { request: Request; act: (kind: 'accept' | 'decline' | 'withdraw') => void }) {
  const { applicationId, name, may, settled, state, side } = request;
  return (
    <>
      <div className="transfer-head">
        <h2>
          {applicationId ? <Link to={`/cases/${applicationId}`}>{name}</Link> : name}
          <span className="quiet num">{request.idMasked}</span>
        </h2>
        {state === 'asked' ? (
          <DueWithClause due={request.due} />
        ) : (
          <span className={`tag tag-${state === 'accepted' ? 'clear' : 'finding'}`}>{request.stateText}</span>
        )}
      </div>
      <p>
        {request.fromOffice} → <b>{request.toOffice}</b>（{codeTables.registrationPlace.values[request.place]}）
      </p>
      <p className="quiet">
        {request.reason}。登记编号<span className="num">{request.number}</span>，
        <span className="num">{request.registeredOn}</span>登记
      </p>
      <p className="quiet">
        {side === 'from' ? '原机构请接收' : '转入地请转出'}：{request.askedBy}，
        <span className="num">{stampText(request.askedAt)}</span>
        {settled && (
          <>
            。答复：{settled.who}，<span className="num">{stampText(settled.at)}</span>
            {settled.text && `，${settled.text}`}
          </>
        )}
      </p>
      {(may.accept || may.decline || may.withdraw) && (
        <div className="row-acts">
          {may.accept && (
            <Button type="primary" onClick={() => act('accept')}>
              {side === 'from' ? '接收' : may.withdraw ? '期满未答复，接收' : '同意转出'}
            </Button>
          )}
          {may.decline && <Button onClick={() => act('decline')}>退回</Button>}
          {may.withdraw && <Button onClick={() => act('withdraw')}>撤回</Button>}
        </div>
      )}
    </>
  );
}
