import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { stampText, useToday } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { ExchangedFiles } from './files.tsx';
import { Items } from './items.tsx';
import { SendNow } from './send-now.tsx';

type Day = Answer<'getExchangeDays'>['days'][number];

const balance = (day: Day) =>
  day.balanced ? <span className="tag tag-clear">平</span> : <span className="tag tag-late">不平</span>;
const reported = (day: Day, today: string | undefined) => {
  if (day.reported) return day.exits === 0 ? '已报（零退出）' : '已报';
  if (day.date === today) return '当日未结，夜里上报';
  return day.exits === 0 ? '未报（零退出也要报）' : '未报';
};

/** 数据交换: ten days side by side, so that a difference is a line on a screen and not in a log. */
export default function Exchange() {
  const may = useMay();
  const today = useToday();
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const [sending, setSending] = useState<string>();
  const days = useQuery({
    queryKey: ['exchange-days'],
    queryFn: ({ signal }) => call('getExchangeDays', { signal }),
    refetchInterval: 60_000,
  });
  useShortcuts({ r: () => void days.refetch() });
  const rows = days.data?.days ?? [];
  const differing = rows.filter((day) => !day.balanced).length;
  const why = !may('exchange.send')
    ? '您的角色只能查看，不能上传。'
    : days.data && !days.data.platformConfigured
      ? '尚未配置全国平台接口。'
      : undefined;
  const look = (on: string, state?: string) => setQuery(state ? { on, state } : { on });
  const figure = (day: Day, name: 'waiting' | 'blocked' | 'sent' | 'accepted' | 'returned') =>
    day[name] === 0 ? (
      <span className="quiet num">0</span>
    ) : (
      <button
        type="button"
        className={`figure ${name === 'blocked' || name === 'returned' ? 'figure-bad' : ''}`}
        aria-label={`${day.date}的${day[name]}条`}
        onClick={() => look(day.date, name)}
      >
        {day[name]}
      </button>
    );
  return (
    <Page
      title="数据交换"
      hint="每日退出信息上传全国平台。每天核对：退出数＝已接收＋退回＋待传＋有误＋等回执。"
      tools={
        <>
          <Button onClick={() => void days.refetch()} loading={days.isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
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
          <p className={differing > 0 ? 'verdict verdict-bad' : 'verdict'} role="status">
            {differing > 0 ? `近十日有${differing}天对不上，请逐条查看。` : '近十日全部对得上。'}
          </p>
          {rows.length === 0 ? (
            <Empty title="近十日没有退出" />
          ) : narrow ? (
            <ul className="cards">
              {rows.map((day) => (
                <li key={day.date} className="card">
                  <span className="card-top">
                    <b className="num">{day.date}</b>
                    {balance(day)}
                  </span>
                  <span>
                    退出{day.exits}，已接收{day.accepted}，退回{day.returned}，有误{day.blocked}，待传{day.waiting}
                    ，等回执
                    {day.sent}
                  </span>
                  <span className="quiet">{reported(day, today)}</span>
                  <button type="button" className="figure" onClick={() => look(day.date)}>
                    看明细
                  </button>
                </li>
              ))}
            </ul>
          ) : (
            <Table
              size="small"
              rowKey="date"
              pagination={false}
              dataSource={rows}
              rowClassName={(day) => (day.date === query.get('on') ? 'row row-current' : 'row')}
              columns={[
                {
                  title: '业务日期',
                  dataIndex: 'date',
                  width: 116,
                  render: (date: string) => (
                    <button type="button" className="figure" onClick={() => look(date)}>
                      {date}
                    </button>
                  ),
                },
                { title: '本地退出', dataIndex: 'exits', align: 'right', width: 92, className: 'num' },
                { title: '已接收', align: 'right', width: 82, render: (_, day) => figure(day, 'accepted') },
                { title: '退回', align: 'right', width: 72, render: (_, day) => figure(day, 'returned') },
                { title: '有误', align: 'right', width: 72, render: (_, day) => figure(day, 'blocked') },
                { title: '待传', align: 'right', width: 72, render: (_, day) => figure(day, 'waiting') },
                { title: '等回执', align: 'right', width: 82, render: (_, day) => figure(day, 'sent') },
                { title: '核对', width: 80, render: (_, day) => balance(day) },
                { title: '上报', width: 160, render: (_, day) => reported(day, today) },
                {
                  title: '回执',
                  render: (_, day) =>
                    day.receipt && (
                      <>
                        <span className="num">{day.receipt}</span>
                        {day.receiptAt && <span className="quiet num receipt-time">{stampText(day.receiptAt)}</span>}
                      </>
                    ),
                },
                {
                  title: <span className="unseen">操作</span>,
                  width: 96,
                  render: (_, day) =>
                    (day.waiting > 0 || day.blocked > 0 || day.returned > 0 || !day.reported) && (
                      <ActionButton small why={why} onClick={() => setSending(day.date)}>
                        上传
                      </ActionButton>
                    ),
                },
              ]}
            />
          )}
          <Box
            title={
              query.get('on') || query.get('state')
                ? `明细${query.get('on') ? `：${query.get('on')}` : ''}`
                : '有误和退回的记录'
            }
            id="items"
            tools={
              (query.get('on') || query.get('state')) && (
                <Button size="small" onClick={() => setQuery({})}>
                  看全部有误和退回
                </Button>
              )
            }
          >
            <Items on={query.get('on') ?? undefined} state={query.get('state') ?? undefined} />
          </Box>
          <ExchangedFiles />
        </>
      )}
      {sending && <SendNow on={sending} max={today} close={() => setSending(undefined)} />}
    </Page>
  );
}
