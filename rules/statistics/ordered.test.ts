import fc from 'fast-check';
import { expect, it } from 'vitest';
import { merged, ordered } from './ordered.ts';
import { blankStanding, eachStanding, mark, recordOf, traitBits, unmark, viewOf } from './standing.ts';

const record = (n: number, part: Partial<ReturnType<typeof blankStanding>> = {}) => {
  const id = `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;
  return recordOf({ registration: id, person: id }, { ...blankStanding(), registeredOn: 20261101, ...part });
};

it('A21-6b: two lists in order, put together, are the list put in order at once', () => {
  // Each number is in one of the two, with little between the numbers, so that they lie before, behind and among one another.
  const numbers = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 120 });
  fc.assert(
    fc.property(numbers, fc.nat({ max: 120 }), (some, cut) => {
      const list = (part: readonly number[]) => ordered(...part.map((n) => record(n)));
      const [many, few] = [some.slice(cut), some.slice(0, cut)];
      expect(Buffer.compare(merged(list(many), list(few)), list(some))).toBe(0);
    }),
  );
});

it('M79-9, M79-10a: what lists laid over a record is taken from it, what person and registration say stays', () => {
  const marks = traitBits('difficulty', 'zeroEmploymentHousehold', 'benefit', 'unemploymentSubsidy', 'graduate');
  const told = { disabled: true, ruralWorker: undefined, veteran: false, townRegistered: true, townResident: false };
  const none = {
    difficulty: false,
    zeroEmploymentHousehold: false,
    benefit: false,
    unemploymentSubsidy: false,
    oneOffAllowance: false,
    hkMacaoTaiwan: true,
  };
  const after = (part: Parameters<typeof record>[1], bits: number, town: boolean) => {
    const list = record(1, { ...told, ...none, graduate: false, ...part });
    mark(viewOf(list), 0, bits);
    unmark(viewOf(list), 0, town);
    return list;
  };
  expect(after({ reason: 5 }, marks, true)).toEqual(record(1, { ...told, ...none, graduate: false, reason: 5 }));
  expect(after({ reason: 5 }, marks, false)).toEqual(
    record(1, { ...told, ...none, townRegistered: false, graduate: false, reason: 5 }),
  );
  // Out of school it may have been education that made a graduate: who left the list of graduates is asked of the ledger.
  eachStanding(after({ reason: 1, graduate: true }, 0, true), ({ graduate }) => expect(graduate).toBe(true));
});
