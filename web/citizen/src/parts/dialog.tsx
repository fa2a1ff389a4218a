import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A question in front of the page; Escape and 「不了」 close it, the focus returns by itself. */
export function Dialog({ heading, onClose, children }: { heading: string; onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    return () => dialog?.close();
  }, []);
  return (
    <dialog
      className="dialog"
      ref={box}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <div className="stack">
        <h2 id={title}>{heading}</h2>
        {children}
      </div>
    </dialog>
  );
}
