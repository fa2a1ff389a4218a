/** Name of the device's store; here and not in the store, so that signing out needs none of its code. */
export const FIELD_DATABASE = 'yingdeng-field';
const mark = 'yingdeng.field.unsent';

/** How many notes on this device are not with the server; asked when somebody signs out. */
export function unsentNotes(): number {
  try {
    return Number(localStorage.getItem(mark) ?? 0);
  } catch {
    return 0;
  }
}

export function markUnsent(count: number): void {
  try {
    if (count === 0) localStorage.removeItem(mark);
    else localStorage.setItem(mark, String(count));
  } catch {
    // Storage is closed: nothing can be kept here at all.
  }
}

/** The device forgets the people and the notes it took along: on signing out. An open page lets go of the store by itself. */
export function forgetField(): void {
  markUnsent(0);
  indexedDB.deleteDatabase(FIELD_DATABASE);
}
