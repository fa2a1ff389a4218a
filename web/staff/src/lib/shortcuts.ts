import { useEffect, useRef } from 'react';

export type Shortcuts = Readonly<Record<string, () => void>>;

/** Keys that mean the same on every list. */
const alike: Readonly<Record<string, string>> = { j: 'down', ArrowDown: 'down', k: 'up', ArrowUp: 'up', Enter: 'open' };

/** A check box takes no text: letters pressed on one are still shortcuts. */
const typing = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  !(target instanceof HTMLInputElement && target.type === 'checkbox') &&
  (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName));

/** True while a dialog or drawer covers the page: its keys are its own. */
const covered = () => document.querySelector('[role="dialog"][aria-modal="true"], .ant-drawer-open') !== null;

/**
 * Single-key shortcuts of a page, by key, or `down`, `up`, `open` for the ways to say so. They are silent while somebody types, while a dialog is open, and with a modifier held.
 */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  current.current = shortcuts;
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (typing(event.target) || covered()) return;
      const act = current.current[event.key] ?? current.current[alike[event.key] ?? ''];
      if (!act) return;
      // Enter on a focused link or button is that element's own.
      if (
        event.key === 'Enter' &&
        event.target instanceof HTMLElement &&
        event.target.closest('a,button,[role=button]')
      )
        return;
      event.preventDefault();
      act();
    }
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
