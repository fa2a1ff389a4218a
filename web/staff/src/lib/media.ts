import { useSyncExternalStore } from 'react';

/** Below this width tables become lists and the menu collapses. */
const narrow = window.matchMedia('(max-width: 720px)');

/** Whether the screen is a phone's. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow.addEventListener('change', listener);
      return () => narrow.removeEventListener('change', listener);
    },
    () => narrow.matches,
  );
}
