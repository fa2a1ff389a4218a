type Listener = () => void;
const listeners = new Set<Listener>();
let ended = false;

/** Whether the session ran out under an open page. Nothing typed is lost: the person signs in over the page and goes on. */
export const sessionEnded = {
  get: () => ended,
  set(value: boolean) {
    if (ended === value) return;
    ended = value;
    for (const listener of listeners) listener();
  },
  subscribe(listener: Listener) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
};
