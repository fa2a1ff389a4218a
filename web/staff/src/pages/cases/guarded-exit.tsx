import type { Policy } from '@yingdeng/rules/provisions/policy.ts';
import { Button, Checkbox, Input, Select } from 'antd';
import { useRef } from 'react';
import { DateField } from '../../parts/date-field.tsx';
import { Group } from '../../parts/field.tsx';
import type { Registration } from './model.ts';

export type GuardedReason = '31' | '32';
export interface GuardedRow {
  readonly key: number;
  readonly date: string;
  readonly text: string;
  readonly suitable: boolean;
  readonly means: string;
}
export interface Requirement {
  readonly text: string;
  readonly done: boolean;
  /** What to say beside the button while it is missing. */
  readonly lack: string;
}

const meansOptions = [
  { value: 'telephone', label: '电话' },
  { value: 'visit', label: '上门走访' },
  { value: 'message', label: '短信' },
];

/** The attempts already in the service record: nothing is typed twice. */
export function attemptRows(contacts: Registration['contacts']): GuardedRow[] {
  const rows: GuardedRow[] = [];
  for (const [key, contact] of contacts.toSorted((a, b) => (a.at < b.at ? -1 : 1)).entries()) {
    // Whoever was reached since then was not out of reach before.
    if (contact.outcome === 'contact') rows.length = 0;
    else if (meansOptions.some(({ value }) => value === contact.means))
      rows.push({
        key,
        date: contact.at.slice(0, 10),
        text: contact.note || '未能联系上',
        suitable: false,
        means: contact.means,
      });
  }
  return rows;
}

function monthsInARow(dates: readonly string[]): number {
  const months = [
    ...new Set(dates.filter(Boolean).map((date) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)))),
  ].sort((a, b) => a - b);
  let best = 0;
  let run = 0;
  for (const [index, month] of months.entries()) {
    run = index > 0 && months[index - 1] === month - 1 ? run + 1 : 1;
    best = Math.max(best, run);
  }
  return best;
}

/** What the law asks before 31 or 32 may be proposed, and how far the rows have come. Figures are the provision's. */
export function guardedProgress(reason: GuardedReason, rows: readonly GuardedRow[], policy: Policy): Requirement[] {
  const guard = policy.guardedExit?.value;
  if (reason === '31') {
    const needed = guard?.refusedOffers ?? policy.refusalsForExit31?.value ?? 0;
    const days = new Set(rows.filter((row) => row.suitable && row.date && row.text.trim()).map((row) => row.date)).size;
    return [
      {
        text: `不同日期、合适的服务，本人无正当理由拒绝：${days}次，需要${needed}次`,
        done: days >= needed,
        lack: `还差${needed - days}次合适服务的拒绝记录`,
      },
    ];
  }
  const months = guard?.monthsOutOfReach ?? policy.monthsForExit32?.value ?? 0;
  const ways = guard?.differentMeans ?? 1;
  const run = monthsInARow(rows.map((row) => row.date));
  const used = new Set(
    rows
      .filter((row) => row.date)
      .map((row) => row.means)
      .filter(Boolean),
  ).size;
  return [
    {
      text: `连续每月都有联系记录、都没有联系上：${run}个月，需要${months}个月`,
      done: run >= months,
      lack: `还差${months - run}个月的联系记录`,
    },
    { text: `用过不同的联系方式：${used}种，需要${ways}种`, done: used >= ways, lack: '只用过一种联系方式' },
  ];
}

/** Evidence of a guarded exit, row by row, with the progress beside it. */
export function GuardedEvidence({
  reason,
  rows,
  onChange,
  progress,
  policy,
}: {
  reason: GuardedReason;
  rows: readonly GuardedRow[];
  onChange: (rows: GuardedRow[]) => void;
  progress: readonly Requirement[];
  policy: Policy;
}) {
  const next = useRef(1000);
  const guard = policy.guardedExit;
  const put = (key: number, change: Partial<GuardedRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <>
      <div className="guard" role="status">
        <p>
          <b>不能只凭这一项退出。</b>
          {guard && (
            <span className="quiet">
              依据：{guard.citation.document} {guard.citation.clause}
            </span>
          )}
        </p>
        <ul className="plain">
          {progress.map(({ text, done }) => (
            <li key={text} className={done ? 'met' : 'unmet'}>
              <span className="mark">{done ? '已够' : '不够'}</span>
              {text}
            </li>
          ))}
          {guard && (
            <>
              <li className="unmet">
                <span className="mark">其后</span>发出最后一次告知，等{guard.value.lastChanceWorkingDays}
                个工作日；本人回应的，不能退出
              </li>
              {guard.value.secondPerson && (
                <li className="unmet">
                  <span className="mark">其后</span>由提出人以外的人复核
                </li>
              )}
            </>
          )}
        </ul>
      </div>
      <Group legend={reason === '31' ? '逐次记录' : '逐次联系记录'} required>
        <div className="evidence">
          {rows.map((row, index) => (
            <div className="evidence-row" key={row.key}>
              <DateField
                aria-label={`第${index + 1}次的日期`}
                value={row.date}
                onChange={(date) => put(row.key, { date })}
              />
              {reason === '31' ? (
                <Checkbox checked={row.suitable} onChange={(event) => put(row.key, { suitable: event.target.checked })}>
                  服务合适，无正当理由
                </Checkbox>
              ) : (
                <Select
                  aria-label={`第${index + 1}次的方式`}
                  value={row.means || undefined}
                  placeholder="方式"
                  options={meansOptions}
                  onChange={(means: string) => put(row.key, { means })}
                />
              )}
              <Button
                size="small"
                type="text"
                aria-label={`删除第${index + 1}次`}
                onClick={() => onChange(rows.filter((one) => one.key !== row.key))}
              >
                删除
              </Button>
              <Input
                className="evidence-text"
                aria-label={`第${index + 1}次的内容`}
                placeholder={reason === '31' ? '提供了什么服务，本人说的理由' : '怎样联系、结果'}
                maxLength={300}
                value={row.text}
                onChange={(event) => put(row.key, { text: event.target.value })}
              />
            </div>
          ))}
          <Button
            size="small"
            onClick={() => {
              next.current += 1;
              onChange([...rows, { key: next.current, date: '', text: '', suitable: false, means: '' }]);
            }}
          >
            添加一次
          </Button>
        </div>
      </Group>
    </>
  );
}
