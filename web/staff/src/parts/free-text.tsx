import { type ForbiddenHit, forbiddenGrounds } from '@yingdeng/rules/forbidden-grounds.ts';
import { Input } from 'antd';
import { useId, useMemo } from 'react';
import { Clause } from './clause.tsx';

/** What a text may not say, found while it is typed by the rule the server uses. */
export function useForbidden(text: string): ForbiddenHit[] {
  return useMemo(() => forbiddenGrounds(text), [text]);
}

/** A free text that the worker may read: forbidden demands and grounds are named beside it before it is sent. */
export function FreeText({
  label,
  value,
  onChange,
  hint,
  required,
  fault,
  max = 300,
  rows = 3,
  autoFocus,
}: {
  label: string;
  value: string;
  onChange: (value: string) => void;
  hint?: string;
  required?: boolean;
  fault?: string;
  max?: number;
  rows?: number;
  autoFocus?: boolean;
}) {
  const id = useId();
  const hits = useForbidden(value);
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {required && (
          <span className="star" aria-hidden="true">
            *
          </span>
        )}
      </label>
      <Input.TextArea
        id={id}
        value={value}
        maxLength={max}
        rows={rows}
        autoFocus={autoFocus}
        status={hits.length > 0 || fault ? 'error' : ''}
        aria-invalid={hits.length > 0 || fault ? true : undefined}
        aria-describedby={`${id}-note`}
        aria-required={required || undefined}
        onChange={(event) => onChange(event.target.value)}
      />
      <div id={`${id}-note`} aria-live="polite">
        {hits.map((hit) => (
          <div className="fault" key={`${hit.kind}${hit.phrase}`}>
            “{hit.phrase}”不能写：{hit.explanation}
            <Clause id={hit.clause} label=" 依据：" />
          </div>
        ))}
        {fault && <div className="fault">{fault}</div>}
        {hits.length === 0 && !fault && hint && <div className="hint">{hint}</div>}
      </div>
    </div>
  );
}
