import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCsvScanner, type Delimiter } from './csv.ts';
import { ExitFileError } from './error.ts';

/** Rows of a text that is pushed in pieces cut at `cuts`. */
function rowsOf(text: string, cuts: readonly number[] = [], delimiter: Delimiter = ',', lineEnd: '\n' | '\r' = '\n') {
  const rows: { cells: string[]; wellQuoted: boolean; raw: string }[] = [];
  const scanner = createCsvScanner(
    delimiter,
    (row) => {
      const { cells, count, wellQuoted } = row;
      rows.push({ cells: cells.slice(0, count), wellQuoted, raw: row.text.slice(row.from, row.to) });
    },
    lineEnd,
  );
  let from = 0;
  for (const cut of [...cuts].sort((a, b) => a - b)) {
    const to = Math.max(from, Math.min(cut, text.length));
    scanner.push(text.slice(from, to));
    from = to;
  }
  scanner.push(text.slice(from));
  scanner.end();
  return rows;
}

const value = fc.array(fc.constantFrom('a', '王', '𠮷', ' ', ',', '\t', '"', '\n', '\r', '\r\n', '1'), {
  maxLength: 6,
});
const table = fc.array(fc.array(fc.tuple(value, fc.boolean()), { minLength: 1, maxLength: 5 }), { maxLength: 8 });
const cuts = fc.array(fc.nat(200), { maxLength: 12 });

describe('rows of a delimited file', () => {
  it('are those that csv-parse reads, however the text is cut', () => {
    fc.assert(
      fc.property(
        table,
        cuts,
        fc.constantFrom<Delimiter>(',', '\t'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (rows, at, delimiter, lineEnd, closed) => {
          const lines = rows.map((row) =>
            row
              .map(([pieces, quote]) => {
                const text = pieces.join('');
                return quote || /[",\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
              })
              .join(delimiter),
          );
          const text = lines.join(lineEnd) + (closed ? lineEnd : '');
          const expected = parse(text, {
            delimiter,
            relax_column_count: true,
            skip_empty_lines: true,
            record_delimiter: ['\r\n', '\n'],
          });
          const read = rowsOf(text, at, delimiter);
          expect(read.map(({ cells }) => cells)).toEqual(expected);
          expect(read.every(({ wellQuoted }) => wellQuoted)).toBe(true);
          // Nothing but empty lines is lost.
          const rest = (whole: string) => whole.replace(/[\r\n]/g, '');
          expect(rest(read.map(({ raw }) => raw).join(''))).toBe(rest(text));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('of any text are the same however it is cut, and none is lost', () => {
    const any = fc.array(fc.constantFrom('a', '王', ',', '"', '\n', '\r'), { maxLength: 40 });
    const outcome = (text: string, at: readonly number[]) => {
      try {
        return rowsOf(text, at);
      } catch (error) {
        return (error as Error).message;
      }
    };
    fc.assert(
      fc.property(any, cuts, (pieces, at) => {
        const text = pieces.join('');
        const whole = outcome(text, []);
        expect(outcome(text, at)).toEqual(whole);
        if (typeof whole !== 'string') {
          const rest = (given: string) => given.replace(/[\r\n]/g, '');
          expect(rest(whole.map(({ raw }) => raw).join(''))).toBe(rest(text));
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('tell bad quotes and go on after the next separator', () => {
    expect(rowsOf('"a"b,c\nd"e,f\n"g",h\n')).toMatchObject([
      { cells: ['ab', 'c'], wellQuoted: false },
      { cells: ['d"e', 'f'], wellQuoted: false },
      { cells: ['g', 'h'], wellQuoted: true },
    ]);
  });

  it('end when a quote never closes, without taking in the whole file', () => {
    expect(() => rowsOf('a,b\n"c,d\ne,f\n')).toThrow(ExitFileError);
    const scanner = createCsvScanner(',', () => {});
    const block = 'a,b\n'.repeat(50_000);
    expect(() => {
      for (let i = 0; i < 100; i++) scanner.push(i === 0 ? `"${block}` : block);
    }).toThrow('引号');
    const endless = createCsvScanner(',', () => {});
    expect(() => {
      for (let i = 0; i < 100; i++) endless.push('a'.repeat(200_000));
    }).toThrow('不是分行');
  });

  it('may all end in CR', () => {
    expect(rowsOf('a,b\r"c\rd",e\r', [4], ',', '\r').map(({ cells }) => cells)).toEqual([
      ['a', 'b'],
      ['c\rd', 'e'],
    ]);
  });
});
