import { Button, Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { useId } from 'react';

/**
 * An action that may be forbidden here and now. It stays on the page and in the tab order; its reason is a tooltip and its description,
 * so that nobody has to guess why it does nothing.
 */
export function ActionButton({
  why,
  onClick,
  children,
  primary,
  danger,
  small,
  hotkey,
}: {
  /** Why it is not allowed; undefined when it is. */
  why?: string;
  onClick: () => void;
  children: ReactNode;
  primary?: boolean;
  danger?: boolean;
  small?: boolean;
  hotkey?: string;
}) {
  const id = useId();
  const button = (
    <Button
      type={primary && !why ? 'primary' : 'default'}
      danger={danger && !why}
      size={small ? 'small' : 'middle'}
      aria-disabled={why ? true : undefined}
      aria-describedby={why ? id : undefined}
      aria-keyshortcuts={hotkey}
      className={why ? 'is-off' : undefined}
      onClick={why ? undefined : onClick}
    >
      {children}
      {hotkey && !why && (
        <span className="key" aria-hidden="true">
          {hotkey}
        </span>
      )}
    </Button>
  );
  if (!why) return button;
  return (
    <>
      <Tooltip title={why} trigger={['hover', 'focus', 'click']}>
        {button}
      </Tooltip>
      <span id={id} className="unseen">
        {why}
      </span>
    </>
  );
}
