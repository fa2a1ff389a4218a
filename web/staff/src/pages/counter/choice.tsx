import { type KeyboardEvent, useId, useRef } from 'react';
import { Group } from '../../parts/field.tsx';

/**
 * One of a few, as plain radio buttons: arrow keys move, and a digit chooses by position; with thirteen, 1 waits a moment for a second digit.
 */
export function Choice({
  legend,
  hideLegend,
  required,
  fault,
  from,
  className,
  value,
  options,
  numbered,
  onChange,
}: {
  legend: string;
  hideLegend?: boolean;
  required?: boolean;
  fault?: string;
  from?: string;
  className?: string;
  value: string;
  options: readonly (readonly [value: string, text: string])[];
  numbered?: boolean;
  onChange: (value: string) => void;
}) {
  const name = useId();
  const typed = useRef({ digits: '', at: 0 });
  function onKeyDown(event: KeyboardEvent): void {
    if (!/^\d$/.test(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    const now = event.timeStamp;
    const before = now - typed.current.at < 900 ? typed.current.digits : '';
    const both = before + event.key;
    const digits = options[Number(both) - 1] ? both : event.key;
    typed.current = { digits, at: now };
    const option = options[Number(digits) - 1];
    if (!option) return;
    event.preventDefault();
    onChange(option[0]);
    const inputs = event.currentTarget.querySelectorAll<HTMLInputElement>('input');
    inputs[Number(digits) - 1]?.focus();
  }
  return (
    <Group
      legend={hideLegend ? <span className="unseen">{legend}</span> : legend}
      required={required && !hideLegend}
      fault={fault}
      from={from}
      className={className}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: digits are a short cut to the radio buttons inside. */}
      <div className="radios" onKeyDown={onKeyDown}>
        {options.map(([code, text], index) => (
          <label key={code} className={code === value ? 'radio radio-on' : 'radio'}>
            <input type="radio" name={name} value={code} checked={code === value} onChange={() => onChange(code)} />
            {numbered && <span className="num quiet">{index + 1}</span>}
            <span>{text}</span>
          </label>
        ))}
      </div>
    </Group>
  );
}
