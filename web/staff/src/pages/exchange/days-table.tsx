import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Table } from 'antd';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { recordState } from './states.ts';

/** A day as it stands now, with how it last compared with the platform. */
export type Day = Answer<'getExchangeDays'>['days'][number] & {
  readonly compared?: Answer<'getReconciliation'>['days'][number];
};
type Figure = 'waiting' | 'blocked' | 'sent' | 'accepted' | 'returned';

/** What a day needs: its figures must add up here, and must agree with the platform. */
export function verdictOf(day: Day): readonly [text: string, tag: string] {
  const { compared } = day;
  if (!day.balanced) return ['本地不平', 'late'];
  if (!compared) return ['未对账', 'silent'];
  if (compared.open > 0) return [`差异${compared.open}条`, 'late'];
  if (compared.told > 0) return [`等平台${compared.told}条`, 'near'];
  if (compared.outcome === 'ownOnly') return ['本地一致', 'clear'];
  if (compared.platform === undefined) return ['平台未答复', 'near'];
  return ['一致', 'clear'];
}

/** On a phone: the three that are compared, and of the others those that are not nothing. */
function figuresOf(day: Day): string {
  const { exits, accepted, returned, blocked, waiting, sent, compared } = day;
  const others = { 退回: returned, 有误: blocked, 待上传: waiting, 等回执: sent };
  const there = Object.entries(others).filter(([, count]) => count > 0);
  const compare = `退出${exits}，已接收${accepted}，平台${compared?.platform ?? '—'}`;
  return [compare, ...there.map(([name, count]) => `${name}${count}`)].join('，');
}

const reported = (day: Day, today: string) => {
  if (day.reported) return day.exits === 0 ? '已报（零退出）' : '已报';
  if (day.date === today) return '夜里上报';
  // A file on its way by hand is no omission yet; one that was never written is an alarm.
  if (day.compared?.outcome === 'ownOnly') return '回执未到齐';
  return day.exits === 0 ? '未报（零退出也要报）' : '未报';
};

/** Ten days side by side, so that a difference is a line on a screen and not in a log. */
export function DaysTable({
  days,
  today,
  current,
  why,
  viewer,
  look,
  send,
  reconcile,
}: {
  days: readonly Day[];
  today: string;
  current: string | null;
  /** Why nothing may be done here; undefined when it may. `viewer`: it is for others to do, so no day has buttons. */
  why: string | undefined;
  viewer: boolean;
  look: (on: string, state?: string) => void;
  send: (on: string) => void;
  reconcile: (on: string) => void;
}) {
  const narrow = useNarrow();
  const figure = (day: Day, name: Figure) =>
    day[name] === 0 ? (
      <span className="quiet num">0</span>
    ) : (
      <button
        type="button"
        className={`figure ${name === 'blocked' || name === 'returned' ? 'figure-bad' : ''}`}
        aria-label={`${day.date}${recordState(name)[0]}${day[name]}条`}
        onClick={() => look(day.date, name)}
      >
        {day[name]}
      </button>
    );
  const verdict = (day: Day) => {
    const [text, tag] = verdictOf(day);
    return <span className={`tag tag-${tag}`}>{text}</span>;
  };
  const actions = (day: Day) => (
    <span className="day-actions">
      {(day.waiting > 0 || day.blocked > 0 || day.returned > 0 || !day.reported) && (
        <ActionButton small why={why} onClick={() => send(day.date)}>
          上传
        </ActionButton>
      )}
      {day.date !== today && (
        <ActionButton small why={why} onClick={() => reconcile(day.date)}>
          对账
        </ActionButton>
      )}
    </span>
  );
  if (narrow) {
    return (
      <ul className="cards">
        {days.map((day) => (
          <li key={day.date} className="card">
            <span className="card-top">
              <b className="num">{day.date}</b>
              {verdict(day)}
            </span>
            <span>{figuresOf(day)}</span>
            <span className="quiet">{reported(day, today)}</span>
            <span className="day-actions">
              <button type="button" className="figure" onClick={() => look(day.date)}>
                看明细
              </button>
              {!viewer && actions(day)}
            </span>
          </li>
        ))}
      </ul>
    );
  }
  return (
    <Table
      size="small"
      rowKey="date"
      pagination={false}
      dataSource={days}
      rowClassName={(day) => (day.date === current ? 'row row-current' : 'row')}
      columns={[
        {
          title: '业务日期',
          dataIndex: 'date',
          width: 112,
          render: (date: string) => (
            <button type="button" className="figure" onClick={() => look(date)}>
              {date}
            </button>
          ),
        },
        { title: '本地退出', dataIndex: 'exits', align: 'right', width: 84, className: 'num' },
        { title: '已接收', align: 'right', width: 72, render: (_, day) => figure(day, 'accepted') },
        {
          title: '平台',
          align: 'right',
          width: 64,
          className: 'num',
          render: (_, day) => day.compared?.platform ?? <span className="quiet">—</span>,
        },
        { title: '退回', align: 'right', width: 60, render: (_, day) => figure(day, 'returned') },
        { title: '有误', align: 'right', width: 60, render: (_, day) => figure(day, 'blocked') },
        { title: '待上传', align: 'right', width: 72, render: (_, day) => figure(day, 'waiting') },
        { title: '等回执', align: 'right', width: 72, render: (_, day) => figure(day, 'sent') },
        {
          title: '对账',
          width: 176,
          render: (_, day) => (
            <>
              {verdict(day)}
              {day.compared && <span className="quiet num receipt-time">{stampText(day.compared.at).slice(5)}</span>}
            </>
          ),
        },
        { title: '上报', width: 132, render: (_, day) => reported(day, today) },
        {
          title: '最近回执',
          render: (_, day) =>
            day.receipt && (
              <>
                <span className="num">{day.receipt}</span>
                {day.receiptAt && <span className="quiet num receipt-time">{stampText(day.receiptAt).slice(5)}</span>}
              </>
            ),
        },
        ...(viewer
          ? []
          : [
              {
                title: <span className="unseen">操作</span>,
                width: 132,
                render: (_: unknown, day: Day) => actions(day),
              },
            ]),
      ]}
    />
  );
}
