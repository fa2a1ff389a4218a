import { Input } from 'antd';
import { useEffect, useState } from 'react';
import { dateEntry, timeEntry } from '../lib/entries.ts';

interface Props {
  /** The value as it is sent; '' while what is typed is none. */
  value: string;
  onChange: (value: string) => void;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  'aria-required'?: boolean;
}

/** Typed digits, shown the same in every browser and quicker than a calendar. */
function Typed({
  value,
  onChange,
  read,
  placeholder,
  ...aria
}: Props & { read: (typed: string) => string; placeholder: string }) {
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    if (value !== '') setTyped((now) => (read(now) === value ? now : value));
  }, [value, read]);
  const wrong = typed !== '' && read(typed) === '';
  return (
    <Input
      {...aria}
      className="num"
      inputMode="numeric"
      maxLength={12}
      placeholder={placeholder}
      value={typed}
      status={wrong ? 'error' : ''}
      aria-invalid={wrong || aria['aria-invalid'] || undefined}
      onChange={(event) => {
        setTyped(event.target.value);
        onChange(read(event.target.value));
      }}
      onBlur={() => setTyped(read(typed) || typed)}
    />
  );
}

/** A date by its eight digits. */
export function DateField(props: Props) {
  return <Typed {...props} read={dateEntry} placeholder="年月日，如20261120" />;
}

/** A time of day by its four digits. */
export function TimeField(props: Props) {
  return <Typed {...props} read={timeEntry} placeholder="时分，如1405" />;
}
