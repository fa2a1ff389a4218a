/** Name of the device's store; here and not in the store, so that signing out needs none of its code. */
export const FIELD_DATABASE = 'yingdeng-field';
const mark = 'yingdeng.field.unsent';
const whose = 'yingdeng.field.account';

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

/** Notes down whose list and notes are here. */
export function markAccount(account: string): void {
  try {
    localStorage.setItem(whose, account);
  } catch {
    // Storage is closed: nothing can be kept here at all.
  }
}

/** Whether what waits here was written by another account than this one. */
export function keptForAnother(account: string | undefined): boolean {
  try {
    const before = localStorage.getItem(whose);
    return before !== null && before !== account && unsentNotes() > 0;
  } catch {
    return false;
  }
}

/** Another account signed in: what the one before took along is forgotten, unless notes wait; those the field page asks about. */
export function forgetFieldOfOthers(account: string): void {
  try {
    const before = localStorage.getItem(whose);
    if (before && before !== account && unsentNotes() === 0) forgetField();
  } catch {
    // Storage is closed: nothing is kept here.
  }
}

/** The device forgets the people and the notes it took along: on signing out. An open page lets go of the store by itself. */
export function forgetField(): void {
  markUnsent(0);
  try {
    localStorage.removeItem(whose);
  } catch {
    // Storage is closed.
  }
  indexedDB.deleteDatabase(FIELD_DATABASE);
}
