import { type FormEvent, type ReactNode, type RefObject, useState } from 'react';
import { ErrorSummary, type SummaryFault } from './error-summary.tsx';
import { wordsOf } from './states.tsx';

/** One question to the server by somebody without an account. */
export interface Enquiry<Found> {
  readonly faults: readonly SummaryFault[];
  readonly attempt: number;
  readonly busy: boolean;
  readonly found: Found | undefined;
  /** What is wrong with a field, beside it. */
  readonly say: (field: string) => string | undefined;
  readonly submit: (event: FormEvent) => void;
}

/**
 * Asks once at a time: what is missing is said before anything is sent, a refusal stands beside the first field. `prepare` reads the fields.
 * @param say words for a refusal, where the page has better ones than the server's
 */
export function useEnquiry<Asked, Found>(
  prepare: () => { asked: Asked; missing: readonly SummaryFault[] },
  ask: (asked: Asked) => Promise<Found>,
  { field, say = wordsOf }: { field: string; say?: (error: unknown) => string },
): Enquiry<Found> {
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Found>();
  const send = async () => {
    const { asked, missing } = prepare();
    setAttempt((count) => count + 1);
    setFaults(missing);
    setFound(undefined);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      setFound(await ask(asked));
    } catch (error) {
      setFaults([{ field, message: say(error) }]);
      setAttempt((count) => count + 1);
    } finally {
      setBusy(false);
    }
  };
  return {
    faults,
    attempt,
    busy,
    found,
    say: (name) => faults.find((one) => one.field === name)?.message,
    submit: (event) => {
      event.preventDefault();
      if (!busy) void send();
    },
  };
}

/** The page of an enquiry: what it is for, the fields, one button, the answer below. */
export function EnquiryPage<Found>({
  title,
  lead,
  enquiry: { faults, attempt, busy, submit },
  button,
  busyText,
  note,
  result,
  answer,
  children,
}: {
  title: string;
  lead: string;
  enquiry: Enquiry<Found>;
  button: string;
  busyText: string;
  note?: ReactNode;
  /** Where the answer stands, when the page moves the focus to it. */
  result?: RefObject<HTMLDivElement | null>;
  answer: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className="wide">
      <div className="column middle stack loose">
        <div className="stack tight">
          <h1>{title}</h1>
          <p className="lead">{lead}</p>
        </div>
        <form className="card stack" onSubmit={submit} noValidate>
          <ErrorSummary faults={faults} attempt={attempt} />
          {children}
          <div className="actions">
            <button type="submit" className="button big" aria-disabled={busy}>
              {busy ? busyText : button}
            </button>
          </div>
          {note}
        </form>
        <div ref={result} tabIndex={result ? -1 : undefined} aria-live="polite">
          {answer}
        </div>
      </div>
    </div>
  );
}
