import fc from 'fast-check';
import iconv from 'iconv-lite';

/** The indicator codes in the order of the annex. */
export const codes = [
  ...['AAB301', 'AAZ341', 'AAC003', 'AAC002', 'AAC058', 'AAC044'],
  ...['ADC210', 'AJC00A', 'AAE011', 'AAE036', 'AAE013'],
] as const;

/** Made-up values without a fault; the number is formally right and nobody's. */
export const goodRow = [
  ...['410802', '1', '王试验', '410811197503124525', '01', '410811197503124525'],
  ...['20200831', '11', '李办事', '20200831', '已核实'],
];

/** What goes wrong with values in real files. */
const nasty = [
  ...['', ' ', '王 明', '王试验　', '\u200b王试验', '买买提•艾力', '𠮷䶮', '?', '\ufffd'],
  ...['４１０８０２', '410811197503124525 ', '410811 19750312 4525', '41081119750312452x', '41081119750312452X'],
  ...['2020-08-31', '2020/8/31', '20200230', '22', '90', '=1+1', 'a"b', 'a,b', 'a\tb', 'a\nb', 'x'.repeat(101)],
];

const value = fc.oneof(
  { weight: 3, arbitrary: fc.constant(undefined) },
  { weight: 1, arbitrary: fc.constantFrom(...nasty) },
);
const row = fc.record({
  values: fc.tuple(...codes.map(() => value)),
  // A row of another width, with bad quotes, or an empty one.
  odd: fc.oneof(
    { weight: 12, arbitrary: fc.constant('') },
    { weight: 1, arbitrary: fc.constantFrom('short', '"a"b', 'empty') },
  ),
  serial: fc.nat(6),
});

/** Exit files as they come: any separator, quoting, line end, encoding, mark, header, order; a few cut or broken. */
export const exitFiles = fc
  .record({
    rows: fc.array(row, { maxLength: 12 }),
    header: fc.constantFrom('codes', 'codes', 'lower', 'none'),
    reversed: fc.boolean(),
    delimiter: fc.constantFrom(',', '\t'),
    quoteAll: fc.boolean(),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    encoding: fc.constantFrom('utf-8', 'gb18030', 'gb18030', 'utf-16'),
    marked: fc.boolean(),
    broken: fc.oneof(
      { weight: 8, arbitrary: fc.constant('') },
      { weight: 1, arbitrary: fc.constantFrom('open quote', 'stray byte', 'no line end') },
    ),
  })
  .map(({ rows, header, reversed, delimiter, quoteAll, lineEnd, encoding, marked, broken }) => {
    const order = (cells: readonly string[]) => (reversed && header !== 'none' ? [...cells].reverse() : [...cells]);
    const cell = (text: string) => (quoteAll || /["\n\r,\t]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    const lines = rows.map(({ values, odd, serial }) => {
      if (odd === 'empty') return '';
      if (odd !== '') return odd;
      const cells = goodRow.map((good, at) => values[at] ?? (at === 1 ? String(serial) : good));
      return order(cells).map(cell).join(delimiter);
    });
    const first = order(codes).join(delimiter);
    if (header !== 'none') lines.unshift(header === 'lower' ? first.toLowerCase() : first);
    let text = (marked ? '\ufeff' : '') + lines.join(lineEnd) + (broken === 'no line end' ? '' : lineEnd);
    if (broken === 'open quote') text += `"${lineEnd}`;
    const bytes = iconv.encode(text, encoding);
    return broken === 'stray byte' ? Buffer.concat([bytes, Buffer.from([0xff])]) : bytes;
  });
