import type { Calendar } from '@yingdeng/rules/calendar.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import Dexie, { type Table } from 'dexie';
import { FIELD_DATABASE, markAccount, markUnsent } from './forget.ts';
import { type Note, type NoteState, unsent } from './queue.ts';
import { newDeviceKey, type Sealed, seal, unseal } from './vault.ts';

/** What was taken along, by account; the working days go with it, so that due dates can be said without a network. */
export interface TakenDay {
  readonly account: string;
  readonly day: Answer<'getFieldDay'>;
  readonly calendar?: Calendar;
}

interface KeyRow {
  readonly account: string;
  readonly key: CryptoKey;
}
interface DayRow {
  readonly account: string;
  readonly sealed: Sealed;
}
/** Outside the envelope stands only what finds and counts a note: its request key, whose it is, how far it is. */
interface NoteRow {
  readonly key: string;
  readonly account: string;
  readonly state: NoteState;
  readonly sealed: Sealed;
}

class FieldDatabase extends Dexie {
  declare keys: Table<KeyRow, string>;
  declare days: Table<DayRow, string>;
  declare notes: Table<NoteRow, string>;
  constructor() {
    super(FIELD_DATABASE);
    this.version(1).stores({ days: 'account', notes: 'key, account' });
    this.version(2).stores({ keys: 'account', days: 'account', notes: 'key, account' });
  }
}

let opened: Promise<FieldDatabase> | undefined;
const database = (): Promise<FieldDatabase> => {
  opened ??= sealOld(new FieldDatabase());
  return opened;
};

/** The key of an account, made when it first keeps something here. Two pages that make one at once agree on the one that is stored. */
async function keyOf(store: FieldDatabase, account: string): Promise<CryptoKey> {
  const known = await store.keys.get(account);
  if (known) return known.key;
  const made = await newDeviceKey();
  return store.transaction('rw', store.keys, async () => {
    const first = await store.keys.get(account);
    if (first) return first.key;
    await store.keys.put({ account, key: made });
    return made;
  });
}

const sealNote = async (store: FieldDatabase, note: Note): Promise<NoteRow> => {
  const { key, account, state } = note;
  return { key, account, state, sealed: await seal(await keyOf(store, account), account, `note:${key}`, note) };
};
const sealDay = async (store: FieldDatabase, taken: TakenDay): Promise<DayRow> => {
  const { account } = taken;
  return { account, sealed: await seal(await keyOf(store, account), account, 'day', taken) };
};

/** Notes and lists that an earlier version of the page kept open are sealed before anything else is done. */
async function sealOld(store: FieldDatabase): Promise<FieldDatabase> {
  const open = <Row>(rows: readonly object[]) => rows.filter((row) => !('sealed' in row)) as Row[];
  const notes = open<Note>(await store.notes.toArray());
  const days = open<TakenDay>(await store.days.toArray());
  if (notes.length > 0) await store.notes.bulkPut(await Promise.all(notes.map((note) => sealNote(store, note))));
  if (days.length > 0) await store.days.bulkPut(await Promise.all(days.map((day) => sealDay(store, day))));
  return store;
}

/** The device's store: one list and the notes of one account, sealed with a key of that account. */
export const fieldStore = {
  async lastDay(): Promise<TakenDay | undefined> {
    const store = await database();
    const row = await store.days.toCollection().first();
    return row && unseal<TakenDay>(await keyOf(store, row.account), row.account, 'day', row.sealed);
  },
  /** A list replaces the one before. */
  async keepDay(taken: TakenDay): Promise<void> {
    const store = await database();
    const row = await sealDay(store, taken);
    markAccount(taken.account);
    await store.transaction('rw', store.days, async () => {
      await store.days.clear();
      await store.days.put(row);
    });
  },
  async notes(account: string): Promise<Note[]> {
    const store = await database();
    const key = await keyOf(store, account);
    const rows = await store.notes.where('account').equals(account).toArray();
    const all = await Promise.all(rows.map((row) => unseal<Note>(key, account, `note:${row.key}`, row.sealed)));
    markUnsent(unsent(all, account));
    return all.toSorted((a, b) => (a.writtenAt < b.writtenAt ? 1 : -1));
  },
  async keepNote(note: Note, insteadOf?: string): Promise<void> {
    const store = await database();
    const row = await sealNote(store, note);
    await store.transaction('rw', store.notes, async () => {
      if (insteadOf && insteadOf !== note.key) await store.notes.delete(insteadOf);
      await store.notes.put(row);
    });
  },
  async dropNote(key: string): Promise<void> {
    await (await database()).notes.delete(key);
  },
  /** How many notes of other accounts on this device are not with the server. */
  async unsentOfOthers(account: string): Promise<number> {
    const store = await database();
    return store.notes.filter((row) => row.account !== account && row.state !== 'sent').count();
  },
  /** Another account works here now: lists, notes and keys of those before are gone. */
  async forgetOthers(account: string): Promise<void> {
    const store = await database();
    await store.transaction('rw', store.keys, store.days, store.notes, async () => {
      for (const table of [store.keys, store.days, store.notes])
        await table.filter((row: { account: string }) => row.account !== account).delete();
    });
  },
};
