import { useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { Alarms } from './alarms.tsx';
import { type Day, DaysTable, verdictOf } from './days-table.tsx';
import { Differences } from './differences.tsx';
import './exchange.css';
import { ExchangedFiles } from './files.tsx';
import { FindRecord } from './find-record.tsx';
import { Items } from './items.tsx';
import { ReconcileNow } from './reconcile-now.tsx';
import { SendNow } from './send-now.tsx';

/** 数据交换: what to do now, ten days three ways, differences person by person, evidence. */
export default function Exchange() {
  const may = useMay();
  const today = useToday();
  const cache = useQueryClient();
  const [query, setQuery] = useSearchParams();
  const [sending, setSending] = useState<string>();
  const [reconciling, setReconciling] = useState<string | true>();
  const days = useQuery({
    queryKey: ['exchange-days'],
    queryFn: ({ signal }) => call('getExchangeDays', { signal }),
    refetchInterval: 60_000,
  });
  const compared = useQuery({
    queryKey: ['exchange-reconciliation'],
    queryFn: ({ signal }) => call('getReconciliation', { signal }),
    refetchInterval: 60_000,
  });
  const refresh = () =>
    void cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('exchange-') });
  useShortcuts({ r: refresh });
  const rows: Day[] = (days.data?.days ?? []).map((day) => {
    const found = compared.data?.days.find(({ date }) => date === day.date);
    return found ? { ...day, compared: found } : day;
  });
  const ownOnly = compared.data?.days.some(({ outcome }) => outcome === 'ownOnly');
  const differing = rows.filter((day) => verdictOf(day)[1] === 'late').length;
  const why = !may('exchange.send')
    ? '您的角色只能查看，不能上传或对账。'
    : days.data && !days.data.platformConfigured
      ? '尚未配置全国平台接口。'
      : undefined;
  const look = (on: string, state?: string) => setQuery(state ? { on, state } : { on });
  const on = query.get('on') ?? undefined;
  const state = query.get('state') ?? undefined;
  return (
    <Page
      title="数据交换"
      hint={
        ownOnly
          ? '每日退出信息上传全国平台。用文件交换，没有平台的查询接口：每晚对账十天，只核对本地退出、已上报的和回执。'
          : '每日退出信息上传全国平台。每晚对账十天：本地退出、已上报的、平台保存的，三方一致。'
      }
      tools={
        <>
          <Button onClick={refresh} loading={days.isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
          <ActionButton why={why} onClick={() => setReconciling(true)}>
            立即对账
          </ActionButton>
          <ActionButton why={why} primary onClick={() => setSending(today)}>
            立即上传
          </ActionButton>
        </>
      }
    >
      {days.error && !days.data ? (
        <Failed error={days.error} retry={() => void days.refetch()} />
      ) : !days.data ? (
        <Loading />
      ) : (
        <>
          <Alarms why={why} send={setSending} reconcile={() => setReconciling(true)} />
          <section className="days-box" aria-labelledby="days-title">
            <div className="box-head">
              <h2 id="days-title">近十日</h2>
              <p className={differing > 0 ? 'verdict verdict-bad' : 'verdict'} role="status">
                {differing > 0 ? `${differing}天对不上` : '没有对不上的'}
              </p>
            </div>
            <DaysTable
              days={rows}
              today={today}
              current={on ?? null}
              why={why}
              viewer={!may('exchange.send')}
              look={look}
              send={setSending}
              reconcile={setReconciling}
            />
          </section>
          <Differences on={on} />
          <Box
            title={on || state ? `明细${on ? `：${on}` : ''}` : '有误和退回的记录'}
            id="items"
            tools={
              (on || state) && (
                <Button size="small" onClick={() => setQuery({})}>
                  看全部有误和退回
                </Button>
              )
            }
          >
            <Items on={on} state={state} />
          </Box>
          <ExchangedFiles />
          <FindRecord />
        </>
      )}
      {sending && <SendNow on={sending} max={today} close={() => setSending(undefined)} />}
      {reconciling && (
        <ReconcileNow on={reconciling === true ? undefined : reconciling} close={() => setReconciling(undefined)} />
      )}
    </Page>
  );
}
