import { useEffect, useRef } from 'react';

/** One thing to mend and the id of the field it is about. */
export interface SummaryFault {
  field: string;
  message: string;
}

/** What has to be mended, all at once, each line leading to its field; takes the focus when it appears. */
export function ErrorSummary({
  faults,
  onGo,
  attempt,
}: {
  faults: readonly SummaryFault[];
  /** Called before the jump, when the field is on another step. */
  onGo?: (field: string) => void;
  /** Counts the attempts, so that a second one is announced again. */
  attempt: number;
}) {
  const box = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: every attempt moves the focus here, also with the same faults.
  useEffect(() => {
    if (faults.length > 0) box.current?.focus();
  }, [attempt]);
  if (faults.length === 0) return null;
  return (
    <div className="note bad" role="alert" tabIndex={-1} ref={box}>
      <h2>有{faults.length}处需要修改</h2>
      <ul>
        {faults.map(({ field, message }) => (
          <li key={field + message}>
            <a
              href={`#${field}`}
              onClick={(event) => {
                event.preventDefault();
                onGo?.(field);
                window.setTimeout(() => document.getElementById(field)?.focus(), onGo ? 60 : 0);
              }}
            >
              {message}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
