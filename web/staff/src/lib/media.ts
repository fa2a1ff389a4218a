import { useSyncExternalStore } from 'react';

/** Below this width tables become lists and the menu collapses. Asked when first needed: what else a page exports is used without a window too. */
let known: MediaQueryList | undefined;
function narrow(): MediaQueryList {
  known ??= window.matchMedia('(max-width: 720px)');
  return known;
}

/** Whether the screen is a phone's. */
export function useNarrow(): boolean {
  return useSyncExternalStore(
    (listener) => {
      narrow().addEventListener('change', listener);
      return () => narrow().removeEventListener('change', listener);
    },
    () => narrow().matches,
  );
}
