import { useState } from 'react';

/** A number to keep, in groups of four, with a button that copies it. */
export function CopyNumber({ label, number, note }: { label: string; number: string; note?: string }) {
  const [copied, setCopied] = useState(false);
  const canCopy = typeof navigator.clipboard?.writeText === 'function';
  return (
    <div className="keepsake">
      <p className="soft">{label}</p>
      <p className="keepsake-number number">{number.replace(/(\d{4})(?=\d)/g, '$1 ')}</p>
      {note && <p className="small soft">{note}</p>}
      {canCopy && (
        <button
          type="button"
          className="button quiet no-print"
          onClick={() =>
            void navigator.clipboard.writeText(number).then(
              () => setCopied(true),
              () => setCopied(false),
            )
          }
        >
          <span aria-live="polite">{copied ? '已复制' : '复制编号'}</span>
        </button>
      )}
    </div>
  );
}
