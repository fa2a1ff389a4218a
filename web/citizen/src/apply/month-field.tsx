import { useId, useState } from 'react';
import { Fault, type FieldFrame } from '../parts/fields.tsx';

/** How far back years are offered. */
const years = 45;

/** A month by two lists; a month still to come is not offered. */
export function MonthField({
  label,
  hint,
  fault,
  value,
  onChange,
  today,
  ...rest
}: FieldFrame & { value: string; onChange: (month: string) => void; today: string }) {
  const own = useId();
  const id = rest.id ?? own;
  const [half, setHalf] = useState({ year: value.slice(0, 4), month: value.slice(5, 7) });
  const thisYear = Number(today.slice(0, 4));
  const lastMonth = half.year === today.slice(0, 4) ? Number(today.slice(5, 7)) : 12;
  const put = (next: typeof half) => {
    const month = next.year === today.slice(0, 4) && next.month > today.slice(5, 7) ? '' : next.month;
    setHalf({ ...next, month });
    onChange(next.year && month ? `${next.year}-${month}` : '');
  };
  const described = [hint ? `${id}-hint` : '', fault ? `${id}-fault` : ''].filter(Boolean).join(' ') || undefined;
  return (
    <fieldset className={fault ? 'field faulty' : 'field'} aria-describedby={described}>
      <legend className="label">{label}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {fault && <Fault id={`${id}-fault`}>{fault}</Fault>}
      <div className="pair two">
        <select
          className="input"
          id={id}
          aria-label="年"
          aria-invalid={fault ? true : undefined}
          value={half.year}
          onChange={(event) => put({ ...half, year: event.target.value })}
        >
          <option value="">选择年份</option>
          {Array.from({ length: years }, (_, i) => String(thisYear - i)).map((year) => (
            <option key={year} value={year}>
              {year}年
            </option>
          ))}
        </select>
        <select
          className="input"
          aria-label="月"
          aria-invalid={fault ? true : undefined}
          value={half.month}
          onChange={(event) => put({ ...half, month: event.target.value })}
        >
          <option value="">选择月份</option>
          {Array.from({ length: lastMonth }, (_, i) => String(i + 1).padStart(2, '0')).map((month) => (
            <option key={month} value={month}>
              {Number(month)}月
            </option>
          ))}
        </select>
      </div>
    </fieldset>
  );
}
