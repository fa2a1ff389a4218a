import { openJournal } from '../common/journal.ts';
import { shanghaiIso } from '../common/time.ts';

export type Matter = 'benefit' | 'livingAllowance';

/** An application as it was handed over, or taken here. */
export interface Application {
  number: string;
  matter: Matter;
  /** the key it came under; absent for a person who applied here */
  key?: string;
  name: string;
  idNumber: string;
  division: string;
  registration?: string;
  at: string;
  state: 'waiting' | 'accepted' | 'refused' | 'stopped';
  text: string;
  /** what the registration side told: ended or restored, and on which day */
  told: string[];
}

type NoticeKind = 'accepted' | 'refused' | 'stopped' | 'applied';
/** A notice as it is read by whoever asks; its position is its place in the list. */
interface Notice {
  matter: Matter;
  kind: NoticeKind;
  number: string;
  key?: string;
  /** what it says besides, by its kind */
  more: Record<string, unknown>;
}

type Entry =
  | { what: 'application'; application: Application }
  | { what: 'notice'; notice: Notice; state?: Application['state']; text?: string }
  | { what: 'told'; number: string; key: string; text: string };

/** What was kept, in the order it happened; every answer waits until it is on the disk. */
export class Store {
  readonly applications = new Map<string, Application>();
  readonly #byKey = new Map<string, Application>();
  readonly #notices: Notice[] = [];
  readonly #told = new Set<string>();
  #journal!: Awaited<ReturnType<typeof openJournal<Entry>>>;

  static async open(path: string): Promise<Store> {
    const store = new Store();
    store.#journal = await openJournal<Entry>(path, (entry) => store.#apply(entry));
    return store;
  }

  close(): Promise<void> {
    return this.#journal.close();
  }

  byKey(key: string): Application | undefined {
    return this.#byKey.get(key);
  }

  /** Notices of a matter behind a position, at most `most`, as they travel. */
  noticesAfter(matter: Matter, position: number, most: number): { page: { position: string }[]; more: boolean } {
    const all = this.#notices
      .map(({ more, ...notice }, index) => ({ ...more, ...notice, position: String(index + 1) }))
      .filter((one) => one.matter === matter && Number(one.position) > position);
    return { page: all.slice(0, most), more: all.length > most };
  }

  /** Keeps an application under a new number, which begins with the place, or under the one it has already. */
  async take(
    given: Omit<Application, 'number' | 'at' | 'state' | 'text' | 'told'> & { number?: string },
    now: Date,
  ): Promise<Application> {
    const letter = given.matter === 'benefit' ? 'SB' : 'DB';
    const fresh = `${given.division}${letter}${String(this.applications.size + 1).padStart(6, '0')}`;
    const application: Application = {
      ...given,
      number: given.number ?? fresh,
      at: shanghaiIso(now),
      state: 'waiting',
      text: '',
      told: [],
    };
    await this.#keep({ what: 'application', application });
    return application;
  }

  /** A decision, a stop, or a person who applied here: kept and told to whoever asks. */
  notify(
    { matter, number, key }: Application,
    kind: NoticeKind,
    more: Record<string, unknown>,
    text: string,
  ): Promise<void> {
    const notice: Notice = { matter, kind, number, ...(key ? { key } : {}), more };
    return this.#keep({ what: 'notice', notice, ...(kind === 'applied' ? {} : { state: kind, text }) });
  }

  /** What the registration side tells; the same key again changes nothing. False for a number nobody has. */
  async tell(number: string, key: string, text: string): Promise<boolean> {
    if (!this.applications.has(number)) return false;
    if (!this.#told.has(key)) await this.#keep({ what: 'told', number, key, text });
    return true;
  }

  #keep(entry: Entry): Promise<void> {
    this.#apply(entry);
    return this.#journal.append(entry);
  }

  #apply(entry: Entry): void {
    if (entry.what === 'application') {
      const { application } = entry;
      this.applications.set(application.number, application);
      if (application.key) this.#byKey.set(application.key, application);
    } else if (entry.what === 'notice') {
      this.#notices.push(entry.notice);
      const application = this.applications.get(entry.notice.number);
      if (application && entry.state) Object.assign(application, { state: entry.state, text: entry.text ?? '' });
    } else {
      this.#told.add(entry.key);
      this.applications.get(entry.number)?.told.push(entry.text);
    }
  }
}
