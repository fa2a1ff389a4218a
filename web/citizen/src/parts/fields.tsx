import { type ReactNode, useId } from 'react';
import { icons } from './icons.tsx';

/** What every field has: its words, and the fault beside it. */
export interface FieldFrame {
  label: string;
  /** Anchor of the error summary's links. */
  id?: string;
  hint?: ReactNode;
  optional?: boolean;
  fault?: string;
  /** Where an answer that was filled in beforehand comes from. */
  from?: string;
}

/** Ids of the hint, the origin and the fault, for aria-describedby. */
function describe(id: string, { hint, from, fault }: Pick<FieldFrame, 'hint' | 'from' | 'fault'>): string | undefined {
  const ids = [hint ? `${id}-hint` : '', from ? `${id}-from` : '', fault ? `${id}-fault` : ''];
  return ids.filter(Boolean).join(' ') || undefined;
}

/** Says where an answer comes from that nobody typed now. */
export function From({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="from" id={id}>
      {icons.check}
      <span>{children}</span>
    </p>
  );
}

/** The words of a fault, with a sign that does not rely on colour. */
export function Fault({ id, children }: { id?: string; children: ReactNode }) {
  return (
    <p className="fault" id={id}>
      {icons.alert}
      <span>{children}</span>
    </p>
  );
}

interface TextProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  onLeave?: () => void;
  type?: 'text' | 'tel' | 'email';
  inputMode?: 'text' | 'numeric' | 'tel' | 'email';
  autoComplete?: string;
  maxLength?: number;
  lines?: number;
  placeholder?: string;
}

/** One line, or several, of typed text. */
export function TextField(props: TextProps) {
  const own = useId();
  const id = props.id ?? own;
  const { label, hint, optional, fault, from, value, lines } = props;
  const shared = {
    id,
    className: 'input',
    value,
    maxLength: props.maxLength,
    placeholder: props.placeholder,
    'aria-invalid': fault ? true : undefined,
    'aria-describedby': describe(id, { hint, from, fault }),
    onBlur: props.onLeave,
  } as const;
  return (
    <div className={fault ? 'field faulty' : 'field'}>
      <label className="label" htmlFor={id}>
        {label}
        {optional && <span className="optional">可不填</span>}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {from && <From id={`${id}-from`}>{from}</From>}
      {fault && <Fault id={`${id}-fault`}>{fault}</Fault>}
      {lines ? (
        <textarea {...shared} rows={lines} onChange={(event) => props.onChange(event.target.value)} />
      ) : (
        <input
          {...shared}
          type={props.type ?? 'text'}
          inputMode={props.inputMode}
          autoComplete={props.autoComplete}
          onChange={(event) => props.onChange(event.target.value)}
        />
      )}
    </div>
  );
}

interface SelectProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  options: readonly (readonly [value: string, text: string])[];
  /** The first entry, chosen while nothing is. */
  empty?: string;
}

/** A list to choose from. */
export function SelectField(props: SelectProps) {
  const { label, hint, optional, fault, from, value, onChange, options, empty, ...rest } = props;
  const own = useId();
  const id = rest.id ?? own;
  return (
    <div className={fault ? 'field faulty' : 'field'}>
      <label className="label" htmlFor={id}>
        {label}
        {optional && <span className="optional">可不填</span>}
      </label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {from && <From id={`${id}-from`}>{from}</From>}
      {fault && <Fault id={`${id}-fault`}>{fault}</Fault>}
      <select
        id={id}
        className="input"
        value={value}
        aria-invalid={fault ? true : undefined}
        aria-describedby={describe(id, { hint, from, fault })}
        onChange={(event) => onChange(event.target.value)}
      >
        <option value="">{empty ?? '请选择'}</option>
        {options.map(([code, text]) => (
          <option key={code} value={code}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}

/** One big choice. */
export interface Choice {
  value: string;
  text: string;
  note?: string;
}

interface ChoicesProps extends FieldFrame {
  value: string;
  onChange: (value: string) => void;
  options: readonly Choice[];
  /** Two beside each other. */
  row?: boolean;
}

/** Radio buttons as large areas to tap. */
export function Choices(props: ChoicesProps) {
  const { label, hint, optional, fault, from, value, onChange, options, row, ...rest } = props;
  const own = useId();
  const id = rest.id ?? own;
  return (
    <fieldset className={fault ? 'field faulty' : 'field'} aria-describedby={describe(id, { hint, from, fault })}>
      <legend className="label" id={id} tabIndex={-1}>
        {label}
        {optional && <span className="optional">可不填</span>}
      </legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {from && <From id={`${id}-from`}>{from}</From>}
      {fault && <Fault id={`${id}-fault`}>{fault}</Fault>}
      <div className={row ? 'choices row' : 'choices'}>
        {options.map((option) => (
          <label key={option.value} className={option.value === value ? 'choice chosen' : 'choice'}>
            <input
              type="radio"
              name={id}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
            />
            <span>
              {option.text}
              {option.note && <small>{option.note}</small>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

/** One box to tick. */
export function Tick({
  checked,
  onChange,
  children,
  id,
  fault,
}: {
  checked: boolean;
  onChange: (checked: boolean) => void;
  children: ReactNode;
  id?: string;
  fault?: string;
}) {
  const own = useId();
  const mine = id ?? own;
  return (
    <div className={fault ? 'field faulty' : 'field'}>
      {fault && <Fault id={`${mine}-fault`}>{fault}</Fault>}
      <label className={checked ? 'choice chosen' : 'choice'}>
        <input
          id={mine}
          type="checkbox"
          checked={checked}
          aria-describedby={fault ? `${mine}-fault` : undefined}
          onChange={(event) => onChange(event.target.checked)}
        />
        <span>{children}</span>
      </label>
    </div>
  );
}
