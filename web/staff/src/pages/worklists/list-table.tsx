import { codeText } from '@yingdeng/contract/code-tables.ts';
import { Checkbox, Table, type TableColumnsType } from 'antd';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { shortOffice } from '../../lib/office-name.ts';
import type { Walk } from '../../lib/walk.ts';
import { Due } from '../../parts/due.tsx';
import type { WorklistTexts } from './kinds.ts';
import type { WorklistItem } from './use-sharing.ts';

const channels = (channel: string) => codeText('channel', channel) ?? channel;
const shortChannels: Readonly<Record<string, string>> = {
  portal: '网上大厅',
  counter: '窗口',
  platform: '全国平台',
  benefit: '失保窗口',
};
const shortChannel = (channel: string) => shortChannels[channel] ?? channel;

/** Row id in the page, to keep the current row in sight. */
export const rowId = (item: { readonly id: string; readonly key?: string }) => `row-${item.key ?? item.id}`;

export type ListTexts = Pick<WorklistTexts, 'due' | 'note' | 'number' | 'at'>;

export interface Choice {
  readonly chosen: ReadonlySet<string>;
  toggle(item: WorklistItem): void;
}

/** A worklist: a table on a desk, cards on a phone. With `choice`, lines can be ticked. */
export function ListTable({
  texts,
  items,
  current,
  open,
  walk,
  point,
  choice,
}: {
  texts: ListTexts;
  items: readonly WorklistItem[];
  current?: WorklistItem;
  /** What a case opened by its link is told of the list. */
  walk: Walk;
  open: (item: WorklistItem) => void;
  point?: (item: WorklistItem) => void;
  choice?: Choice;
}) {
  const narrow = useNarrow();
  if (narrow)
    return (
      <ul className="cards">
        {items.map((item) => (
          <li key={item.id}>
            <Link to={`/cases/${item.id}`} state={{ walk }} className="card">
              <span className="card-top">
                <b>{item.name}</b>
                <span className="num">{item.idMasked}</span>
              </span>
              <Due on={item.dueOn} state={item.state} />
              {item.note && <span>{item.note}</span>}
              {item.last && <span className="quiet">最近：{lastText(item.last)}</span>}
              <span className="quiet">
                {shortOffice(item.officeName)}，{channels(item.channel)}，
                {item.assigned ? `经办人${item.assigned.mine ? '是我' : item.assigned.name}` : '未分派'}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    );
  const ticking: TableColumnsType<WorklistItem> = choice
    ? [
        {
          // No control in the head: the table measures itself with a hidden copy of it.
          title: <span className="unseen">选择</span>,
          width: 36,
          className: 'tick',
          render: (_, item) => (
            <Checkbox
              aria-label={`选择${item.name}`}
              checked={choice.chosen.has(item.id)}
              onChange={() => choice.toggle(item)}
              tabIndex={item === current ? 0 : -1}
            />
          ),
        },
      ]
    : [];
  const columns: TableColumnsType<WorklistItem> = [
    ...ticking,
    {
      title: texts.due,
      dataIndex: 'dueOn',
      width: 188,
      render: (_, item) => <Due on={item.dueOn} state={item.state} />,
    },
    {
      title: '姓名',
      dataIndex: 'name',
      width: 96,
      render: (_, item) => (
        <Link to={`/cases/${item.id}`} state={{ walk }} tabIndex={item === current ? 0 : -1}>
          {item.name}
        </Link>
      ),
    },
    {
      title: texts.note,
      dataIndex: 'note',
      render: (note: string, { last }) => (
        <>
          {note}
          {last && <span className="last-act">最近：{lastText(last)}</span>}
        </>
      ),
    },
    {
      title: '经办人',
      dataIndex: 'assigned',
      width: 76,
      render: (assigned: WorklistItem['assigned']) =>
        assigned ? assigned.mine ? <b>我</b> : assigned.name : <span className="quiet">未分派</span>,
    },
    { title: '证件号码', dataIndex: 'idMasked', width: 160, className: 'num' },
    { title: texts.number, dataIndex: 'number', width: 156, className: 'num' },
    {
      title: '机构',
      dataIndex: 'officeName',
      width: 140,
      render: (name: string) => <span title={name}>{shortOffice(name)}</span>,
    },
    { title: '来源', dataIndex: 'channel', width: 84, render: shortChannel, responsive: ['xl'] },
    { title: texts.at, dataIndex: 'at', width: 136, className: 'num', render: stampText, responsive: ['xxl'] },
  ];
  return (
    <Table
      size="small"
      rowKey="id"
      columns={columns}
      dataSource={[...items]}
      pagination={false}
      sticky
      rowClassName={(item) =>
        `row${item === current ? ' row-current' : ''}${choice?.chosen.has(item.id) ? ' row-chosen' : ''}`
      }
      onRow={(item) => ({
        id: rowId(item),
        onClick: (event) => {
          point?.(item);
          if (!(event.target as HTMLElement).closest('a, label, .tick')) open(item);
        },
      })}
    />
  );
}

const lastText = ({ at, who, text }: NonNullable<WorklistItem['last']>) => `${stampText(at).slice(5)} ${who} ${text}`;
