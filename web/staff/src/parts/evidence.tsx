import { Button, Input, Select } from 'antd';
import { useRef } from 'react';
import { DateField } from './date-field.tsx';

export interface EvidenceRow {
  readonly key: number;
  readonly kind: string;
  readonly date: string;
  readonly text: string;
}

/** Rows of evidence in hand: what it is, of which day, what it says. Papers asked of the worker are not among the kinds. */
export function EvidenceRows({
  rows,
  kinds,
  onChange,
}: {
  rows: readonly EvidenceRow[];
  kinds: readonly { value: string; label: string }[];
  onChange: (rows: EvidenceRow[]) => void;
}) {
  const next = useRef(1000);
  const put = (key: number, change: Partial<EvidenceRow>) =>
    onChange(rows.map((row) => (row.key === key ? { ...row, ...change } : row)));
  return (
    <div className="evidence">
      {rows.map((row, index) => (
        <div className="evidence-row" key={row.key}>
          <Select
            aria-label={`第${index + 1}项依据的种类`}
            value={row.kind || undefined}
            placeholder="种类"
            options={[...kinds]}
            popupMatchSelectWidth={false}
            onChange={(kind: string) => put(row.key, { kind })}
          />
          <DateField
            aria-label={`第${index + 1}项依据的日期`}
            value={row.date}
            onChange={(date) => put(row.key, { date })}
          />
          <Button
            size="small"
            type="text"
            aria-label={`删除第${index + 1}项依据`}
            onClick={() => onChange(rows.filter((one) => one.key !== row.key))}
          >
            删除
          </Button>
          <Input
            className="evidence-text"
            aria-label={`第${index + 1}项依据的内容`}
            placeholder="从哪里得知，说了什么"
            maxLength={200}
            value={row.text}
            onChange={(event) => put(row.key, { text: event.target.value })}
          />
        </div>
      ))}
      <Button
        size="small"
        onClick={() => {
          next.current += 1;
          onChange([
            ...rows,
            { key: next.current, kind: kinds.length === 1 ? (kinds[0]?.value ?? '') : '', date: '', text: '' },
          ]);
        }}
      >
        添加一项依据
      </Button>
    </div>
  );
}
