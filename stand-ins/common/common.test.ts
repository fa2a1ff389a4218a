import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { html, raw } from './html.ts';
import { openJournal } from './journal.ts';
import { birthOfNumber, checkCharacter, isLawfulNumber, makeNumber, sexOfNumber } from './resident-number.ts';
import { compactDate, isCompactDate, shanghaiDayOf, shanghaiIso, shanghaiToday } from './time.ts';
import { base32Bytes, totp } from './totp.ts';

describe('one-time codes', () => {
  it('agrees with the vectors of RFC 6238 for SHA-1', () => {
    const secret = Buffer.from('12345678901234567890');
    const vectors: [number, string][] = [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1111111111, '14050471'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
      [20000000000, '65353130'],
    ];
    for (const [seconds, code] of vectors) {
      expect(totp(secret, seconds * 1000, 8)).toBe(code);
      expect(totp(secret, seconds * 1000)).toBe(code.slice(2));
    }
  });

  it('reads base32 in any case, with spaces and padding, and refuses other characters', () => {
    expect(base32Bytes('GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ').toString()).toBe('12345678901234567890');
    expect(base32Bytes('mzxw 6ytb oi======').toString()).toBe('foobar');
    expect(() => base32Bytes('01')).toThrow();
  });
});

describe('the journal', () => {
  it('gives back in order what was kept, cuts off a torn end, and refuses a damaged middle', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journal-'));
    const path = join(folder, 'kept.jsonl');
    const journal = await openJournal<{ n: number; text: string }>(path, () => {});
    await Promise.all([1, 2, 3].map((n) => journal.append({ n, text: '应登\n尽登' })));
    await journal.close();
    await appendFile(path, '{"n":4,"te');

    const replayed: number[] = [];
    const again = await openJournal<{ n: number }>(path, (entry) => replayed.push(entry.n));
    expect(replayed).toEqual([1, 2, 3]);
    await again.append({ n: 5 });
    await again.settled();
    await again.close();
    expect((await readFile(path, 'utf8')).trimEnd().split('\n')).toHaveLength(4);

    await writeFile(path, '{"n":1}\n{broken\n{"n":2}\n');
    await expect(openJournal(path, () => {})).rejects.toThrow(/damaged at byte 8/);
    await rm(folder, { recursive: true });
  });

  it('replays more than one piece of the file', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'journal-'));
    const path = join(folder, 'kept.jsonl');
    const journal = await openJournal<string>(path, () => {});
    const long = '登'.repeat(1000);
    await Promise.all(Array.from({ length: 900 }, () => journal.append(long)));
    await journal.close();
    let count = 0;
    const again = await openJournal<string>(path, (entry) => {
      if (entry === long) count += 1;
    });
    await again.close();
    expect(count).toBe(900);
    await rm(folder, { recursive: true });
  });
});

describe('pages', () => {
  it('escapes everything but markup', () => {
    const name = `<script>alert("x")</script>'&`;
    expect(html`<a title="${name}">${[name, raw('<i>1</i>'), null, false, 0]}</a>`.markup).toBe(
      '<a title="&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;&#39;&amp;<i>1</i>0</a>',
    );
  });
});

describe('numbers and dates', () => {
  it('knows a lawful number by form, check character and birth date', () => {
    expect(checkCharacter('11010519491231002')).toBe('X');
    const number = makeNumber('410802', '19900307', 452);
    expect(isLawfulNumber(number)).toBe(true);
    expect(sexOfNumber(number)).toBe('2');
    expect(birthOfNumber(number)).toBe('19900307');
    expect(isLawfulNumber('410802800101002')).toBe(true);
    expect(isLawfulNumber('410802801301002')).toBe(false);
    expect(isLawfulNumber(makeNumber('410802', '19900230', 1))).toBe(false);
    expect(isLawfulNumber(`${number.slice(0, 17)}?`)).toBe(false);
  });

  it('keeps the calendar of Shanghai, between midnight and eight too', () => {
    const at = new Date('2026-11-21T16:30:00Z');
    expect(shanghaiToday(at)).toBe('20261122');
    expect(shanghaiIso(at)).toBe('2026-11-22T00:30:00.000+08:00');
    expect(shanghaiDayOf('2026-11-21T23:00:00Z')).toBe('20261122');
    expect(shanghaiDayOf('2026-11-21 23:00')).toBeUndefined();
    expect(isCompactDate('20240229')).toBe(true);
    expect(isCompactDate('20260229')).toBe(false);
    expect(compactDate('2026-11-22')).toBe('20261122');
    expect(compactDate('soon')).toBeUndefined();
  });
});
