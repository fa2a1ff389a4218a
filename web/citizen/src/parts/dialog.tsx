import { type ReactNode, useEffect, useId, useRef } from 'react';

/** A question in front of the page; Escape and 「不了」 close it, the focus returns by itself. */
export function Dialog({ heading, onClose, children }: { heading: string; onClose: () => void; children: ReactNode }) {
  const box = useRef<HTMLDialogElement>(null);
  const title = useId();
  const head = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const dialog = box.current;
    if (dialog && !dialog.open) dialog.showModal();
    // The question first, not the first field: on a phone the keyboard would cover it.
    head.current?.focus();
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
        <h2 id={title} ref={head} tabIndex={-1}>
          {heading}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
