/** A stretch of a paragraph in one style. */
export interface Piece {
  readonly text: string;
  /** A box to tick stands before the text and never parts from it. */
  readonly tick?: boolean;
  readonly underline?: boolean;
  /** Empty room of so many characters after the text, underlined with it. */
  readonly blank?: number;
  /** Relative to the paragraph's size; 1 when left out. */
  readonly scale?: number;
  readonly strong?: boolean;
}

/** Characters of one piece that stand side by side on a line. */
export interface Atom {
  readonly piece: Piece;
  readonly text: string;
  readonly tick?: boolean;
  /** Width of the underlined room that follows, in points. */
  readonly blank: number;
  readonly width: number;
}

/** Width in points of a text in the style of a piece. */
export type Measure = (text: string, piece: Piece) => number;

// 避头尾: what may not begin a line stays with what precedes it, what may not end a line with what follows.
const NEVER_FIRST = /^[，。、；：？！）》」』】〕〉”’…—·％%℃‰,.;:?!)\]}]/u;
const NEVER_LAST = /[（《「『【〔〈“‘([{]$/u;
/** Runs that are read as one word: a number, a date, an address of the network. */
const WORD = /[\p{Script=Latin}\p{M}\d+@#&/_.:?=*%~'-]+|\s+|./gsu;

/** Parts a text into what may stand on two lines. Spaces belong to what precedes them. */
export function unbreakable(text: string): string[] {
  const parts: string[] = [];
  for (const [part] of text.matchAll(WORD)) {
    const last = parts.at(-1);
    const joins = last !== undefined && (/^\s/.test(part) || NEVER_FIRST.test(part) || NEVER_LAST.test(last));
    if (joins) parts[parts.length - 1] = last + part;
    else parts.push(part);
  }
  return parts;
}

/**
 * Breaks a paragraph into lines no wider than `width` points. `\n` in a text ends a line. What is wider than a line by
 * itself is broken between characters: nothing is ever cut off. Below a box to tick, lines begin where its text does.
 * @returns at least one line, which may be empty.
 */
export function breakLines(pieces: readonly Piece[], width: number, size: number, measure: Measure): Atom[][] {
  const lines: Atom[][] = [[]];
  const indent = pieces[0]?.tick === undefined ? 0 : tickRoom(size);
  let used = 0;
  const put = (atom: Atom) => {
    // A space at the end of a line takes no room.
    const seen = measure(atom.text.trimEnd(), atom.piece) + atom.blank + (atom.tick === undefined ? 0 : tickRoom(size));
    if (used > indent && used + seen > width) {
      lines.push([]);
      used = indent;
    }
    const line = lines.at(-1) ?? [];
    const last = line.at(-1);
    // What stands side by side in one style is written in one go, so that it is found and copied as one text.
    if (last?.piece === atom.piece && last.blank === 0 && atom.tick === undefined)
      line[line.length - 1] = joined(last, atom);
    else line.push(atom);
    used += atom.width;
  };
  for (const piece of pieces) {
    piece.text.split('\n').forEach((paragraph, index) => {
      if (index > 0) {
        lines.push([]);
        used = indent;
      }
      for (const atom of atomsOf(piece, paragraph, index === 0, width - indent, size, measure)) put(atom);
    });
  }
  return lines;
}

const joined = (a: Atom, b: Atom): Atom => ({
  ...a,
  text: a.text + b.text,
  blank: b.blank,
  width: a.width + b.width,
});

/** Room of a tick box with the gap behind it, in points. */
export const tickRoom = (size: number): number => size * 1.2;

function atomsOf(piece: Piece, text: string, first: boolean, width: number, size: number, measure: Measure): Atom[] {
  const parts = unbreakable(text);
  const fitting = parts.flatMap((part) => (measure(part.trimEnd(), piece) > width ? [...part] : [part]));
  if (fitting.length === 0 && (piece.tick !== undefined || piece.blank !== undefined)) fitting.push('');
  return fitting.map((part, index) => {
    const tick = first && index === 0 ? piece.tick : undefined;
    const blank = index === fitting.length - 1 ? (piece.blank ?? 0) * size : 0;
    const room = tick === undefined ? 0 : tickRoom(size);
    return { piece, text: part, tick, blank, width: measure(part, piece) + blank + room };
  });
}
