import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  compareLists,
  differenceKinds,
  differenceWords,
  type ItemDifference,
  type OurItem,
  type Pages,
  type TheirItem,
  wordsOf,
} from './differences.ts';

const inPages =
  <Item extends { serial: string }>(items: readonly Item[], size: number): Pages<Item> =>
  async (after) =>
    items.filter(({ serial }) => serial > after).slice(0, size);

async function compare(ours: OurItem[], theirs: TheirItem[], size = 2): Promise<ItemDifference[]> {
  const found: ItemDifference[] = [];
  for await (const one of compareLists(inPages(ours, size), inPages(theirs, size))) found.push(one);
  return found;
}

const our = (serial: string, state: OurItem['state'] = 'accepted', digest = 'a'): OurItem => ({
  serial,
  state,
  digest,
});

describe('comparing with the platform', () => {
  it('M79X-2: names what is missing there, unknown here, different, or accepted without our knowing', async () => {
    const ours = [our('1'), our('2'), our('3', 'returned'), our('4', 'blocked'), our('6', 'waiting'), our('7', 'sent')];
    const theirs = [
      { serial: '2', digest: 'b' },
      { serial: '4', digest: 'a' },
      { serial: '5', digest: 'a' },
      { serial: '7', digest: 'a' },
    ];
    expect((await compare(ours, theirs)).map(({ kind, serial }) => `${serial} ${kind}`)).toEqual([
      '1 missingThere',
      '2 otherDigest',
      '4 acceptedThere',
      '5 unknownHere',
    ]);
  });

  it('finds what a look-up one by one finds, whatever the pages', async () => {
    const serial = fc.stringMatching(/^[0-9]{1,3}$/);
    const digest = fc.constantFrom('a', 'b');
    const unique = { selector: (item: { serial: string }) => item.serial };
    const state = fc.constantFrom('waiting', 'blocked', 'sent', 'accepted', 'returned') as fc.Arbitrary<
      OurItem['state']
    >;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.record({ serial, state, digest }), unique),
        fc.uniqueArray(fc.record({ serial, digest }), unique),
        fc.integer({ min: 1, max: 5 }),
        async (ours, theirs, size) => {
          const inOrder = <Item extends { serial: string }>(list: Item[]) =>
            [...list].sort((a, b) => (a.serial < b.serial ? -1 : 1));
          const mine = new Map(ours.map((item) => [item.serial, item]));
          const other = new Map(theirs.map((item) => [item.serial, item]));
          const expected = [...new Set([...mine.keys(), ...other.keys()])].sort().flatMap((one) => {
            const [a, b] = [mine.get(one), other.get(one)];
            if (a && b) {
              if (a.digest !== b.digest) return [`${one} otherDigest`];
              return a.state === 'accepted' || a.state === 'sent' ? [] : [`${one} acceptedThere`];
            }
            if (b) return [`${one} unknownHere`];
            return a?.state === 'accepted' ? [`${one} missingThere`] : [];
          });
          const found = await compare(inOrder(ours), inOrder(theirs), size);
          expect(found.map((item) => `${item.serial} ${item.kind}`)).toEqual(expected);
        },
      ),
    );
  });
});

it('every difference says what happened and what to do; what no program can mend is told to the operator', () => {
  for (const kind of differenceKinds) {
    expect(differenceWords[kind].happened).toMatch(/。$/);
    expect(differenceWords[kind].proposal).toMatch(/。$/);
  }
  expect(wordsOf('otherDigest').mend).toBe('tell');
  expect(wordsOf('otherDigest', { sentIsTheirs: true })).toMatchObject({ mend: 'takeSent' });
  expect(wordsOf('unknownHere', { sentIsTheirs: true }).mend).toBe('tell');
});
