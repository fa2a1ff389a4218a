import { ExitFileError } from './error.ts';

/** What separates the columns. */
export type Delimiter = ',' | '\t';

/** One row of a delimited file. One object serves all rows: it is valid only during the call. */
export interface CsvRow {
  /** the first `count` are the row's; more may be left over from a longer row */
  cells: string[];
  count: number;
  /** false when a quote stands where none may: within a bare value, or before text that follows a closing quote */
  wellQuoted: boolean;
  /** the row as it stands, line end included, is `text.slice(from, to)` */
  text: string;
  from: number;
  to: number;
}

/** Takes text in blocks of any size. */
export interface CsvScanner {
  push(text: string): void;
  end(): void;
}

/** No row of this record is longer; without a limit one open quote would take the whole file into memory. */
const LONGEST = 1 << 20;
const QUOTE = 34;
/** Beyond every text, and small enough to stay a machine integer. */
const NEVER = 0x3fffffff;

/**
 * Reads RFC 4180: values bare or in quotes, a quote doubled within quotes, lines ending in LF or CRLF (or all in CR,
 * when `lineEnd` says so). Empty lines are passed over. Written for millions of rows: a row without a quote is cut by
 * searches that the engine runs natively, and each separator is searched once. Bad quoting is said of the row and
 * reading goes on at the next separator; only a quote that never closes ends it (ExitFileError).
 */
export function createCsvScanner(
  delimiter: Delimiter,
  onRow: (row: CsvRow) => void,
  lineEnd: '\n' | '\r' = '\n',
): CsvScanner {
  const row: CsvRow = { cells: [], count: 0, wellQuoted: true, text: '', from: 0, to: 0 };
  const { cells } = row;
  const separator = delimiter.charCodeAt(0);
  const lineUnit = lineEnd.charCodeAt(0);
  let rest = '';

  /** The end of the value before the line end at `end`: CRLF counts as one. */
  function beforeLineEnd(text: string, from: number, end: number): number {
    return end > from && lineEnd === '\n' && text.charCodeAt(end - 1) === 13 ? end - 1 : end;
  }

  function give(text: string, from: number, to: number, count: number, wellQuoted: boolean): void {
    row.count = count;
    row.wellQuoted = wellQuoted;
    row.text = text;
    row.from = from;
    row.to = to;
    onRow(row);
  }

  /** Where a bare value ends: at the next separator or line end; -1 when the text ends before and goes on. */
  function bareEnd(text: string, at: number, last: boolean): number {
    // Right after a closing quote it is at hand; a search for a separator that is not there would read the whole text.
    const here = text.charCodeAt(at);
    if (here === separator || here === lineUnit) return at;
    if (here === 13 && text.charCodeAt(at + 1) === lineUnit) return at + 1;
    const line = search(text, lineEnd, at);
    const mark = search(text, delimiter, at);
    const end = Math.min(line, mark);
    if (end !== NEVER) return end;
    return last ? text.length : -1;
  }

  /** A row with a quote somewhere. Returns where the next row begins, -1 when this one goes on in the next block. */
  function quotedRow(text: string, from: number, last: boolean): number {
    let count = 0;
    let wellQuoted = true;
    let at = from;
    for (;;) {
      let value = '';
      if (text.charCodeAt(at) === QUOTE) {
        let begin = at + 1;
        let close = begin;
        for (;;) {
          close = text.indexOf('"', close);
          // A quote at the end of a block may be the first of two.
          if (close < 0 || (close + 1 === text.length && !last)) return -1;
          if (text.charCodeAt(close + 1) !== QUOTE) break;
          value += text.substring(begin, close + 1);
          close += 2;
          begin = close;
        }
        value += text.substring(begin, close);
        at = close + 1;
      }
      const end = bareEnd(text, at, last);
      if (end < 0) return -1;
      const atDelimiter = end < text.length && text.charCodeAt(end) === separator;
      const stop = atDelimiter ? end : beforeLineEnd(text, at, end);
      if (stop > at) {
        // After a closing quote nothing may stand; within a bare value no quote.
        const quoteBefore = at > from && text.charCodeAt(at - 1) === QUOTE;
        const bare = text.substring(at, stop);
        if (quoteBefore || bare.includes('"')) wellQuoted = false;
        value += bare;
      }
      cells[count++] = value;
      at = end + 1;
      if (atDelimiter) continue;
      give(text, from, Math.min(at, text.length), count, wellQuoted);
      return at;
    }
  }

  function scan(text: string, last: boolean): void {
    let from = 0;
    // Where the next separator and the next quote stand; each is searched once.
    let nextDelimiter = search(text, delimiter, 0);
    let nextQuote = search(text, '"', 0);
    while (from < text.length) {
      const found = text.indexOf(lineEnd, from);
      if (found < 0 && !last) break;
      const end = found < 0 ? text.length : found;
      if (nextQuote < from) nextQuote = search(text, '"', from);
      if (nextQuote < end) {
        const next = quotedRow(text, from, last);
        if (next < 0) {
          if (last) throw openQuote();
          break;
        }
        from = next;
        continue;
      }
      const next = found < 0 ? end : end + 1;
      const stop = beforeLineEnd(text, from, end);
      if (stop > from) {
        let count = 0;
        let at = from;
        if (nextDelimiter < at) nextDelimiter = search(text, delimiter, at);
        while (nextDelimiter < stop) {
          cells[count++] = text.substring(at, nextDelimiter);
          at = nextDelimiter + 1;
          const after = text.indexOf(delimiter, at);
          nextDelimiter = after < 0 ? NEVER : after;
        }
        cells[count++] = text.substring(at, stop);
        give(text, from, next, count, true);
      }
      from = next;
    }
    rest = text.slice(from);
    if (rest.length > LONGEST) throw rest.includes('"') ? openQuote() : tooLong();
  }

  return {
    push: (text) => scan(rest === '' ? text : rest + text, false),
    end: () => scan(rest, true),
  };
}

/** Where something stands next, or beyond every text. */
function search(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found < 0 ? NEVER : found;
}

function openQuote(): ExitFileError {
  return new ExitFileError('有一个引号没有配对，从那里起无法分行', { problem: 'quotes' });
}

function tooLong(): ExitFileError {
  return new ExitFileError('有一行超过一百万个字符，这不是分行的数据文件', { problem: 'format' });
}
