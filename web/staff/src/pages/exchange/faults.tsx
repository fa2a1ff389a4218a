interface Fault {
  readonly check: string;
  readonly message: string;
  /** What to do about it. */
  readonly mend?: string;
}

/** What is wrong with something exchanged: words first, then the check's id, then what to do. */
export function Faults({ faults }: { faults: readonly Fault[] }) {
  return faults.map(({ check, message, mend }) => (
    <p key={check} className="exchange-fault">
      {message} <code>{check}</code>
      {mend && <span className="exchange-mend">{mend}</span>}
    </p>
  ));
}
