import fc from 'fast-check';
import { expect, it } from 'vitest';
import { IdIndex } from './id-index.ts';
import { blankStanding, recordOf, viewOf } from './standing.ts';

it('numbers ids as they come, each once, also far more than were expected, and knows which are not there', () => {
  // Few words, so that ids often share all but one of them.
  const word = fc.constantFrom('00000000', '00000001', '80000000', 'ffffffff');
  const ids = fc
    .tuple(word, word, word, word)
    .map((words) => words.join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
  fc.assert(
    fc.property(fc.array(ids, { maxLength: 200 }), ids, (given, other) => {
      const index = new IdIndex(1);
      const numbers = new Map<string, number>();
      const view = (id: string) => viewOf(recordOf({ registration: id, person: id }, blankStanding()));
      for (const id of given) {
        if (!numbers.has(id)) numbers.set(id, numbers.size);
        expect(index.put(view(id), 16)).toBe(numbers.get(id));
      }
      expect(index.size).toBe(numbers.size);
      for (const [id, number] of numbers) expect(index.idOf(number)).toBe(id);
      for (const id of [...given, other]) expect(index.find(view(id), 0)).toBe(numbers.get(id) ?? -1);
    }),
  );
});
