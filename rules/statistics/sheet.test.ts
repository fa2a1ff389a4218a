import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exitReasons } from '../exit-reasons.ts';
import { checkSheet, expectedClosing, partsDiffer } from './balance.ts';
import { type CutName, cuts, yearsBetween } from './cuts.ts';
import { ordered } from './ordered.ts';
import {
  addFigures,
  countMovements,
  countStock,
  type Figures,
  figuresOf,
  keepFigures,
  knownOfNone,
  noFigures,
  sheetContext,
  takeOpening,
} from './sheet.ts';
import {
  blankStanding,
  eachMovement,
  eachStanding,
  idsAt,
  type Movement,
  places,
  recordBytes,
  recordOf,
  type Standing,
  sources,
  traitNames,
} from './standing.ts';

const ids = (n: number) => {
  const tail = String(n).padStart(12, '0');
  return { registration: `00000000-0000-4000-8000-${tail}`, person: `10000000-0000-4000-8000-${tail}` };
};
const on = sheetContext('410802', { from: '2020-08-21', to: '2020-09-20' });
const person = (part: Partial<Standing> = {}): Standing => ({
  ...blankStanding(),
  registeredOn: 20200901,
  bornOn: 19800520,
  sex: 'male',
  reason: 2,
  household: 410802,
  ...part,
});
const known = fc.constantFrom(true, false, undefined);
const standings: fc.Arbitrary<Standing> = fc.record({
  registeredOn: fc.constantFrom(20180101, 20190920, 20190921, 20200320, 20200901),
  bornOn: fc.constantFrom(0, 20040920, 19950921, 19800520, 19740920, 19600101),
  sex: fc.constantFrom('male' as const, 'female' as const, 'unknown' as const),
  reason: fc.integer({ min: 1, max: 13 }),
  source: fc.constantFrom(...sources),
  place: fc.constantFrom(...places),
  household: fc.constantFrom(410802, 410811, 210302, 0),
  ...(Object.fromEntries(traitNames.map((name) => [name, known])) as Record<(typeof traitNames)[number], typeof known>),
});

describe('a record of a frozen list', () => {
  it('A21-6b: says everything it was written from, at a fixed width', () => {
    fc.assert(
      fc.property(fc.array(standings, { maxLength: 20 }), (people) => {
        const list = ordered(...people.map((one, n) => recordOf(ids(n), one)));
        expect(list.length).toBe(people.length * recordBytes);
        const read: Standing[] = [];
        const found: string[] = [];
        eachStanding(list, (one, at) => {
          read.push({ ...one });
          found.push(idsAt(list, at).registration);
        });
        expect(read).toEqual(people);
        expect(found).toEqual(people.map((_, n) => ids(n).registration));
      }),
    );
  });

  it('keeps what happened, when it holds from and the code of an exit', () => {
    const movement: Movement = { ...person(), kind: 'exit', on: 20200819, code: 24 };
    const list = recordOf(ids(7), movement);
    const read: Movement[] = [];
    eachMovement(list, (one, at) => {
      read.push({ ...one });
      expect(idsAt(list, at)).toEqual(ids(7));
    });
    expect(read).toEqual([movement]);
  });

  it('is refused when it is damaged, wherever', () => {
    const good = recordOf(ids(1), person());
    const spoilt = (at: number, byte: number) => good.with(at, byte);
    expect(() => eachStanding(good.slice(1), () => {})).toThrow(RangeError);
    // A sex, a trait and a day there is none of; a movement among the stock, none among the movements.
    expect(() => eachStanding(spoilt(33, 0xff), () => {})).toThrow(RangeError);
    expect(() => eachStanding(spoilt(47, 0xff), () => {})).toThrow(RangeError);
    expect(() => eachStanding(spoilt(37, 0x01), () => {})).toThrow(RangeError);
    expect(() => eachStanding(recordOf(ids(1), { ...person(), kind: 'new' }), () => {})).toThrow(RangeError);
    expect(() => eachMovement(good, () => {})).toThrow(RangeError);
    expect(() => recordOf(ids(1), person({ bornOn: 20200231 }))).toThrow(RangeError);
  });

  it('A21-6b: stands in the order of its bytes, from whichever order it came, also where ids begin alike', () => {
    const uuids = fc.uuid().chain((id) => fc.constantFrom(id, `00000000-0000-4000-8000-${id.slice(24)}`));
    fc.assert(
      fc.property(fc.array(fc.tuple(uuids, standings), { maxLength: 60 }), (people) => {
        const records = people.map(([registration, one], n) => recordOf({ registration, person: ids(n).person }, one));
        const text = (list: Uint8Array) => [...list].map((byte) => byte.toString(16).padStart(2, '0')).join('');
        const expected = records.map(text).sort().join('');
        expect(text(ordered(...records))).toBe(expected);
        expect(text(ordered(...[...records].reverse()))).toBe(expected);
      }),
    );
  });
});

describe('M79-10a: who counts where', () => {
  it.each<[CutName, Partial<Standing>, boolean | undefined]>([
    ['women', { sex: 'female' }, true],
    ['women', { sex: 'unknown' }, undefined],
    // Sixteen on the last day of the period: counted; born a day later: not yet.
    ['age16to24', { bornOn: 20040920 }, true],
    ['age16to24', { bornOn: 20040921 }, false],
    ['age16to24', { bornOn: 19950921 }, true],
    ['age25to45', { bornOn: 19950920 }, true],
    ['age25to45', { bornOn: 19740921 }, true],
    ['age46up', { bornOn: 19740920 }, true],
    ['age46up', { bornOn: 0 }, undefined],
    // A year is full on the same day of the next year.
    ['longTerm', { registeredOn: 20190920 }, true],
    ['longTerm', { registeredOn: 20190921 }, false],
    ['nonLocal', { household: 410811 }, false],
    ['nonLocal', { household: 210302 }, true],
    ['nonLocal', { household: 0 }, undefined],
    ['townResident', { townResident: undefined }, undefined],
    ['difficulty', { difficulty: true }, true],
  ])('%s of %j is %s', (name, part, expected) => {
    expect(cuts[name].of(person(part), on)).toBe(expected);
  });

  it('a leap day is a year older on the first of March', () => {
    expect(yearsBetween(20040229, 20200228)).toBe(15);
    expect(yearsBetween(20040229, 20200301)).toBe(16);
  });

  it('M79-10a: everybody is in one age band, or of unknown age, or too young', () => {
    fc.assert(
      fc.property(standings, (one) => {
        const bands = [cuts.age16to24, cuts.age25to45, cuts.age46up].map(({ of }) => of(one, on));
        const yes = bands.filter((is) => is === true).length;
        if (one.bornOn === 0) expect(bands).toEqual([undefined, undefined, undefined]);
        else expect(yes).toBe(yearsBetween(one.bornOn, on.day) >= 16 ? 1 : 0);
      }),
    );
  });
});

/** A made-up office over years: who is in, and each month's lists, told by plain sets as an oracle. */
interface Month {
  stock: Map<number, Standing>;
  movements: [number, Movement][];
}
const kinds = ['new', 'exit', 'restored', 'transferIn', 'transferOut'] as const;
const histories = fc.array(
  fc.array(
    fc.record({
      kind: fc.constantFrom(...kinds),
      pick: fc.nat({ max: 9999 }),
      of: standings,
      code: fc.constantFrom(...exitReasons),
      day: fc.constantFrom(20200701, 20200905),
    }),
    { maxLength: 60 },
  ),
  { minLength: 1, maxLength: 30 },
);

type History = typeof histories extends fc.Arbitrary<infer T> ? T : never;
function live(history: History): Month[] {
  const inside = new Map<number, Standing>();
  const gone = new Map<number, Standing>();
  let next = 0;
  return history.map((events) => {
    const movements: [number, Movement][] = [];
    // One movement a person and month, as the ledger gives them: what was undone within the month is none.
    const moved = new Set<number>();
    for (const { kind, pick, of, code, day } of events) {
      const from = kind === 'exit' || kind === 'transferOut' ? inside : kind === 'restored' ? gone : undefined;
      const keys = from && [...from.keys()].filter((key) => !moved.has(key));
      const key = keys ? keys[pick % Math.max(1, keys.length)] : next++;
      if (key === undefined) continue;
      const who = from?.get(key) ?? of;
      moved.add(key);
      movements.push([key, { ...who, kind, on: day, code: kind === 'exit' ? Number(code) : 0 }]);
      if (kind === 'exit' || kind === 'transferOut') {
        inside.delete(key);
        gone.set(key, who);
      } else {
        gone.delete(key);
        inside.set(key, who);
      }
    }
    return { stock: new Map(inside), movements };
  });
}

function sheetOf(month: Month, last: Figures | undefined, office?: (key: number) => boolean): Figures {
  const figures = noFigures();
  if (last) takeOpening(figures, last);
  const mine = (key: number) => office === undefined || office(key);
  const stock = [...month.stock].filter(([key]) => mine(key));
  countStock(figures, 'closing', ordered(...stock.map(([key, one]) => recordOf(ids(key), one))), on);
  const moved = month.movements.filter(([key]) => mine(key));
  countMovements(figures, ordered(...moved.map(([key, one]) => recordOf(ids(key), one))), on);
  return figures;
}

describe('the sheet over months', () => {
  it('M79-9: closing = opening + new − exits ± corrections ± transfers, month after month, and opening is the last closing', () => {
    fc.assert(
      fc.property(histories, (history) => {
        let last: Figures | undefined;
        for (const month of live(history)) {
          const figures = sheetOf(month, last);
          expect(figures.closing.all.count).toBe(month.stock.size);
          expect(figures.closing.all.count).toBe(expectedClosing(figures, 'all'));
          expect(figures.closing.women.count).toBe(expectedClosing(figures, 'women'));
          const failing = checkSheet(figures, { last, unexplained: 0, twice: 0 }).filter(({ holds }) => !holds);
          expect(failing).toEqual([]);
          last = figures;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('A21-6b: a report is the sum of its parts, however a place is divided', () => {
    fc.assert(
      fc.property(histories, fc.integer({ min: 1, max: 7 }), (history, offices) => {
        const lasts: (Figures | undefined)[] = Array(offices).fill(undefined);
        let last: Figures | undefined;
        for (const month of live(history)) {
          const whole = sheetOf(month, last);
          const parts = noFigures();
          for (let office = 0; office < offices; office += 1) {
            lasts[office] = sheetOf(month, lasts[office], (key) => key % offices === office);
            addFigures(parts, lasts[office]!);
          }
          expect(partsDiffer(whole, parts)).toEqual([]);
          last = whole;
        }
      }),
      { numRuns: 40 },
    );
  });

  it('A21-6a: a column of which nothing is known is a dash, nought only where somebody is known not to belong', () => {
    const figures = noFigures();
    const people = [person({ townResident: undefined, veteran: false }), person({ townResident: undefined })];
    countStock(figures, 'closing', ordered(...people.map((one, n) => recordOf(ids(n), one))), on);
    const { closing, opening } = figures;
    expect(closing.townResident).toEqual({ count: 0, unknown: 2 });
    expect(knownOfNone(closing.townResident, closing.all.count)).toBe(true);
    expect(knownOfNone(closing.veterans, closing.all.count)).toBe(false);
    expect(knownOfNone(opening.townResident, opening.all.count)).toBe(false);
  });

  it('is kept and read back as it was', () => {
    fc.assert(
      fc.property(histories, (history) => {
        const figures = sheetOf(live(history).at(-1)!, undefined);
        expect(figuresOf(JSON.parse(JSON.stringify(keepFigures(figures))))).toEqual(figures);
      }),
      { numRuns: 20 },
    );
  });

  it('counts who left before the period began among the exits, and names the number', () => {
    const figures = noFigures();
    const exit = (n: number, day: number) => recordOf(ids(n), { ...person(), kind: 'exit', on: day, code: 11 });
    countMovements(figures, ordered(exit(1, 20200820), exit(2, 20200821)), on);
    expect(figures.exits.all.count).toBe(2);
    expect(figures.exitsBefore.all.count).toBe(1);
  });
});

describe('checks before a signature', () => {
  const balanced = (): Figures => {
    const figures = noFigures();
    countStock(figures, 'closing', recordOf(ids(1), person()), on);
    countMovements(figures, recordOf(ids(1), { ...person(), kind: 'new', on: 20200901, code: 0 }), on);
    return figures;
  };
  const failing = (figures: Figures, facts: Partial<Parameters<typeof checkSheet>[1]> = {}) =>
    checkSheet(figures, { last: undefined, unexplained: 0, twice: 0, ...facts })
      .filter(({ holds }) => !holds)
      .map(({ name }) => name);

  it('hold for a sheet that balances', () => {
    expect(failing(balanced())).toEqual([]);
  });
  it.each<[string, (figures: Figures) => void]>([
    ['balance-all', (f) => (f.closing.all.count += 1)],
    ['balance-women', (f) => (f.closing.women.count += 1)],
    ['reasons', (f) => (f.new.all.count += 1)],
    ['sources', (f) => (f['newFrom-platform'].all.count += 1)],
    ['exitCodes', (f) => (f.exit11.all.count += 1)],
    ['ages', (f) => (f.closing.age16to24.count += 1)],
  ])('M79-9, A21-6b: %s is found', (name, spoil) => {
    const figures = balanced();
    spoil(figures);
    expect(failing(figures)).toContain(name);
  });
  it('M79-9, M79-11: an opening that is not the last closing, a person counted twice, a change nobody recorded', () => {
    const last = noFigures();
    last.closing.all.count = 3;
    expect(failing(balanced(), { last })).toEqual(expect.arrayContaining(['opening', 'openingCuts']));
    expect(failing(balanced(), { twice: 1 })).toEqual(['once']);
    expect(failing(balanced(), { unexplained: 2 })).toEqual(['explained']);
  });
});
