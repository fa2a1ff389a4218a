import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import Dexie, { type Table } from 'dexie';
import { FIELD_DATABASE, markUnsent } from './forget.ts';
import { type Note, unsent } from './queue.ts';

/** What was taken along, by account. */
export interface TakenDay {
  readonly account: string;
  readonly day: Answer<'getFieldDay'>;
}

class FieldDatabase extends Dexie {
  declare days: Table<TakenDay, string>;
  declare notes: Table<Note, string>;
  constructor() {
    super(FIELD_DATABASE);
    this.version(1).stores({ days: 'account', notes: 'key, account' });
  }
}

let opened: FieldDatabase | undefined;
const database = (): FieldDatabase => {
  opened ??= new FieldDatabase();
  return opened;
};

/** The device's store: one list, of whoever took one last, and the notes of every account that did not sign out. */
export const fieldStore = {
  async lastDay(): Promise<TakenDay | undefined> {
    return database().days.toCollection().first();
  },
  /** A list replaces the one before, whosever that was. */
  async keepDay(day: TakenDay['day']): Promise<void> {
    const { days } = database();
    await database().transaction('rw', days, async () => {
      await days.clear();
      await days.put({ account: day.account, day });
    });
  },
  async notes(account: string): Promise<Note[]> {
    const all = await database().notes.where('account').equals(account).toArray();
    markUnsent(unsent(all, account));
    return all.toSorted((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1));
  },
  async keepNote(note: Note, insteadOf?: string): Promise<void> {
    const { notes } = database();
    await database().transaction('rw', notes, async () => {
      if (insteadOf && insteadOf !== note.key) await notes.delete(insteadOf);
      await notes.put(note);
    });
  },
  async dropNote(key: string): Promise<void> {
    await database().notes.delete(key);
  },
};
