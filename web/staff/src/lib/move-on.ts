import type { KeyboardEvent } from 'react';

const stops = 'input:not([type=hidden]):not([disabled]):not([tabindex="-1"]), textarea:not([disabled])';
const group = (one: Element) => (one instanceof HTMLInputElement && one.type === 'radio' ? one.name : '');

/**
 * Focus goes to the next entry of the form; of a group of radio buttons only one is a stop, and what stands beside the form (`data-beside`) is
 * none: it is reached by Tab, never chosen by an Enter too many. Outside a form nothing happens.
 */
export function moveOnFrom(from: HTMLElement): void {
  const all = [...(from.closest('form.counter')?.querySelectorAll<HTMLInputElement>(stops) ?? [])].filter(
    (one) => one === from || !one.closest('[data-beside]'),
  );
  const here = all.indexOf(from as HTMLInputElement);
  const next =
    here < 0 ? undefined : all.slice(here + 1).find((one) => group(one) === '' || group(one) !== group(from));
  if (!next) return;
  const chosen = group(next) ? all.find((one) => one.name === next.name && one.checked) : undefined;
  (chosen ?? next).focus();
}

/** Enter goes to the next entry, as on a keypad. A text area keeps its new line, a button its click; an open list first takes its choice. */
export function moveOn(event: KeyboardEvent<HTMLFormElement>): void {
  const target = event.target as HTMLElement;
  if (['TEXTAREA', 'BUTTON', 'A'].includes(target.tagName)) return;
  if (target.getAttribute('aria-expanded') === 'true') {
    setTimeout(() => target.getAttribute('aria-expanded') !== 'true' && moveOnFrom(target), 0);
    return;
  }
  event.preventDefault();
  moveOnFrom(target);
}
