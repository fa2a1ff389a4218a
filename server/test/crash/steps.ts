/**
 * What goes wrong at one step. `away`: from here on nothing gets through until the next plan. Dying is of the whole of one side: its
 * process is gone, before or after the step.
 */
export type Fault =
  | 'cutBefore'
  | 'cutAfter'
  | 'half'
  | 'doubled'
  | 'echoed'
  | 'awayBefore'
  | 'awayAfter'
  | 'weDieBefore'
  | 'weDieAfter'
  | 'platformDiesBefore'
  | 'platformDiesAfter';

/** Faults of a statement on its way to the database. */
export const databaseFaults = ['cutBefore', 'cutAfter', 'weDieBefore', 'weDieAfter'] as const;
/** Faults of a request on its way to the platform. */
export const platformFaults = [
  'cutBefore',
  'cutAfter',
  'half',
  'doubled',
  'echoed',
  'awayBefore',
  'awayAfter',
  'weDieBefore',
  'weDieAfter',
  'platformDiesBefore',
  'platformDiesAfter',
] as const;

/** What a step goes through. */
export type Door = 'database' | 'platform';

/**
 * Counts the steps of our process through one of its doors: statements to the database or requests to the platform. At the
 * planned one, once, something goes wrong.
 */
export class Steps {
  /** Steps taken so far. */
  taken = 0;
  /** What went wrong, once it did. */
  struck: { readonly fault: Fault; readonly door: Door; readonly step: number } | undefined;
  readonly #door: Door;
  readonly #at: number;
  readonly #choose: (possible: readonly Fault[]) => Fault;

  constructor(door: Door, at: number, choose: (possible: readonly Fault[]) => Fault) {
    this.#door = door;
    this.#at = at;
    this.#choose = choose;
  }

  /** One more step; the fault to make of it, if it is its turn. */
  take(door: Door, possible: readonly Fault[]): Fault | undefined {
    if (door !== this.#door) return undefined;
    this.taken += 1;
    if (this.taken !== this.#at || this.struck) return undefined;
    const fault = this.#choose(possible);
    this.struck = { fault, door, step: this.taken };
    return fault;
  }
}
