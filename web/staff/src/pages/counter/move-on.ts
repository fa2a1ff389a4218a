import type { KeyboardEvent } from 'react';

const stops = 'input:not([type=hidden]):not([disabled]):not([tabindex="-1"]), textarea:not([disabled])';

/**
 * Enter goes to the next entry, as on a keypad. An open list keeps its Enter, a text area its new line, a button its click;
 * of a group of radio buttons only one is a stop.
 */
export function moveOn(event: KeyboardEvent<HTMLFormElement>): void {
  const target = event.target as HTMLElement;
  if (target.tagName === 'TEXTAREA' || target.tagName === 'BUTTON' || target.tagName === 'A') return;
  if (target.getAttribute('aria-expanded') === 'true') return;
  event.preventDefault();
  const all = [...event.currentTarget.querySelectorAll<HTMLInputElement>(stops)].filter(
    (one) => one.offsetParent !== null || one.type === 'radio' || one.type === 'checkbox',
  );
  const group = (one: HTMLElement) => (one instanceof HTMLInputElement && one.type === 'radio' ? one.name : '');
  const here = all.indexOf(target as HTMLInputElement);
  const next = all.slice(here + 1).find((one) => group(one) === '' || group(one) !== group(target));
  if (!next) return;
  const chosen = group(next) ? all.find((one) => one.name === next.name && one.checked) : undefined;
  (chosen ?? next).focus();
}
