import { cloneElement, type ReactElement, type ReactNode, useId } from 'react';

type ControlProps = { id?: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean; 'aria-required'?: boolean };

/** A label, one control, a hint and a fault, tied together for eye and reader. */
export function Field({
  label,
  required,
  hint,
  fault,
  from,
  children,
  className,
}: {
  label: ReactNode;
  required?: boolean;
  hint?: ReactNode;
  fault?: string;
  /** Where an answer comes from that nobody typed now. */
  from?: string;
  children: ReactElement<ControlProps>;
  className?: string;
}) {
  const id = useId();
  const notes = [fault ? `${id}-fault` : hint ? `${id}-hint` : '', from ? `${id}-from` : ''];
  const note = notes.filter(Boolean).join(' ') || undefined;
  const control = cloneElement(children, {
    id,
    'aria-describedby': note,
    'aria-invalid': fault ? true : undefined,
    'aria-required': required || undefined,
  });
  return (
    <div className={`field ${className ?? ''}`}>
      <label htmlFor={id}>
        {label}
        {required && (
          <span className="star" aria-hidden="true">
            *
          </span>
        )}
      </label>
      {control}
      {fault ? (
        <div id={`${id}-fault`} className="fault" role="alert">
          {/* Beside the field its name has been said; in the list above the form it has not. */}
          {fault.startsWith(`${label}：`) ? fault.slice(`${label}：`.length) : fault}
        </div>
      ) : (
        hint && (
          <div id={`${id}-hint`} className="hint">
            {hint}
          </div>
        )
      )}
      {from && (
        <div id={`${id}-from`} className="from">
          {from}
        </div>
      )}
    </div>
  );
}

/** Several controls under one legend: radio and check boxes. */
export function Group({
  legend,
  required,
  hint,
  fault,
  from,
  children,
  className,
}: {
  legend: ReactNode;
  required?: boolean;
  hint?: ReactNode;
  fault?: string;
  /** Where an answer comes from that nobody typed now. */
  from?: string;
  children: ReactNode;
  className?: string;
}) {
  return (
    <fieldset className={`group ${className ?? ''}`}>
      <legend>
        {legend}
        {required && (
          <span className="star" aria-hidden="true">
            *
          </span>
        )}
      </legend>
      {hint && <div className="hint">{hint}</div>}
      {children}
      {from && <div className="from">{from}</div>}
      {fault && (
        <div className="fault" role="alert">
          {fault}
        </div>
      )}
    </fieldset>
  );
}
