import { Button, Drawer } from 'antd';
import type { ReactNode } from 'react';
import { useEffect, useRef } from 'react';
import { useNarrow } from '../lib/media.ts';
import type { Trouble } from '../lib/refusal.ts';
import { Refused } from './notice.tsx';

/**
 * A form at the side of the case: what it does in its title, the consequence above its button. Ctrl+Enter sends it.
 * A refusal is shown on top and nothing typed is lost.
 */
export function ActionDrawer({
  title,
  close,
  submit,
  submitText,
  busy,
  trouble,
  refresh,
  consequence,
  danger,
  size = 520,
  hold,
  children,
}: {
  title: string;
  close: () => void;
  submit: () => void;
  submitText: string;
  busy: boolean;
  trouble?: Trouble;
  refresh?: () => void;
  /** What happens when it is sent: who is told, what follows. */
  consequence?: ReactNode;
  danger?: boolean;
  size?: number;
  /** Why it cannot be sent yet; said beside the button when it is tried. */
  hold?: string;
  children: ReactNode;
}) {
  const narrow = useNarrow();
  const top = useRef<HTMLDivElement>(null);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (trouble) top.current?.scrollIntoView({ block: 'start' });
  }, [trouble]);
  const send = () => {
    if (!busy && !hold) submit();
  };
  const sending = useRef(send);
  sending.current = send;
  useEffect(() => {
    // Wherever the focus is: a drawer without fields keeps it on itself.
    function onKey(event: KeyboardEvent): void {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      sending.current();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  return (
    <Drawer
      open
      onClose={close}
      title={title}
      size={narrow ? '100%' : size}
      mask={{ closable: false }}
      destroyOnHidden
      // Typing begins at once: the drawer itself would take the focus and keep it from the first field.
      afterOpenChange={(open) => {
        if (!open || form.current?.contains(document.activeElement)) return;
        form.current?.querySelector<HTMLElement>('input:not([type=hidden]), textarea')?.focus({ preventScroll: true });
      }}
      footer={
        <div className="drawer-foot">
          {consequence && <div className="consequence">{consequence}</div>}
          <div className="drawer-buttons">
            {hold && (
              <span className="hint" role="status">
                {hold}
              </span>
            )}
            <Button onClick={close}>取消</Button>
            <Button type="primary" danger={danger} loading={busy} disabled={Boolean(hold)} onClick={send}>
              {submitText}
            </Button>
          </div>
        </div>
      }
    >
      <form
        ref={form}
        className="drawer-form"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <div ref={top}>{trouble && <Refused trouble={trouble} refresh={refresh} />}</div>
        {children}
        {/* Enter in a one-line field must not send a decision by accident. */}
        <button type="submit" disabled hidden />
      </form>
    </Drawer>
  );
}
