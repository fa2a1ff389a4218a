import PDFDocument from 'pdfkit';
import { faces, printable } from './fonts.ts';
import { type Atom, breakLines, type Piece, tickRoom } from './lines.ts';
import { boundsOf, readStrokes } from './signature.ts';

/** A rectangle on the page in points, from the upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** How a paragraph stands in its box. */
export interface TextStyle {
  readonly size: number;
  readonly align?: 'left' | 'center' | 'right';
  /** Height of a line as a multiple of the size; 1.4 when left out. */
  readonly leading?: number;
  readonly strong?: boolean;
  readonly color?: string;
}

/** A4 in points. */
export const PAGE = { width: 595.28, height: 841.89 } as const;
/** A4 across. */
export const LANDSCAPE = { width: 841.89, height: 595.28 } as const;
/** From the middle of a line down to the foot of its characters, in sizes: half the height of a Chinese character. */
const FOOT = 0.37;
const INK = '#000000';

/** What is said of characters that were printed as their code. */
export const MISSING_NOTE = '注：字库中没有的汉字以〔U+编码〕代替，以本人有效身份证件上的写法为准。';

type Content = string | readonly Piece[];

/** A document of A4 pages with Chinese text, ruled boxes, ticks and a drawn signature. Coordinates are points from the upper left. */
export class Sheet {
  readonly #doc: PDFKit.PDFDocument;
  readonly #bytes: Promise<Buffer>;
  readonly #missing = new Set<string>();
  readonly #has: (codePoint: number) => boolean;

  constructor(about: { title: string; author: string; now: Date; landscape?: boolean }) {
    const { regular, strong } = faces();
    this.#doc = new PDFDocument({
      size: 'A4',
      layout: about.landscape ? 'landscape' : 'portrait',
      margin: 0,
      lang: 'zh-CN',
      pdfVersion: '1.7',
      displayTitle: true,
      info: { Title: about.title, Author: about.author, CreationDate: about.now, Creator: '应登' },
    });
    const chunks: Buffer[] = [];
    this.#doc.on('data', (chunk: Buffer) => chunks.push(chunk));
    this.#bytes = new Promise((resolve, reject) => {
      this.#doc.on('end', () => resolve(Buffer.concat(chunks)));
      this.#doc.on('error', reject);
    });
    this.#doc.registerFont('regular', regular).registerFont('strong', strong).font('regular');
    const { font } = (this.#doc as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })
      ._font;
    this.#has = (codePoint) => font.hasGlyphForCodePoint(codePoint);
  }

  /** Whether a character had to be printed as its code. */
  get lacksCharacters(): boolean {
    return this.#missing.size > 0;
  }

  /** Lines of a paragraph in a width, and the height they need in points. */
  lines(content: Content, width: number, style: TextStyle): { lines: Atom[][]; height: number } {
    const pieces = (typeof content === 'string' ? [{ text: content }] : content).map((piece) => {
      const { text, missing } = printable(piece.text, this.#has);
      for (const one of missing) this.#missing.add(one);
      return { ...piece, text, strong: piece.strong ?? style.strong };
    });
    const lines = breakLines(pieces, width, style.size, (text, piece) => this.#width(text, piece, style.size));
    return { lines, height: lines.length * lineHeight(style) };
  }

  /** Writes a paragraph into a box, centred vertically unless `top`. Returns the height it took. */
  write(content: Content, box: Box, style: TextStyle, top = false): number {
    const { lines, height } = this.lines(content, box.width, style);
    const step = lineHeight(style);
    let middle = box.y + (top ? 0 : (box.height - height) / 2) + step / 2;
    for (const [index, line] of lines.entries()) {
      const indent = index > 0 && lines[0]?.[0]?.tick !== undefined ? tickRoom(style.size) : 0;
      this.#line(line, { ...box, x: box.x + indent, width: box.width - indent }, middle, style);
      middle += step;
    }
    return height;
  }

  /** A ruled rectangle. */
  frame(box: Box, width = 0.6, color = INK): this {
    this.#doc.lineWidth(width).rect(box.x, box.y, box.width, box.height).stroke(color);
    return this;
  }

  /** A filled rectangle. */
  fill(box: Box, color: string): this {
    this.#doc.rect(box.x, box.y, box.width, box.height).fill(color);
    return this;
  }

  /** A straight line. */
  rule(x1: number, y1: number, x2: number, y2: number, width = 0.6, color = INK): this {
    this.#doc.lineWidth(width).moveTo(x1, y1).lineTo(x2, y2).stroke(color);
    return this;
  }

  /** Draws a signature as large as the box allows, at most twice its own size. False when the path is none. */
  signature(path: string, box: Box): boolean {
    const strokes = readStrokes(path);
    if (!strokes) return false;
    const bounds = boundsOf(strokes);
    const room = (long: number, drawn: number) => (drawn > 0 ? long / drawn : Number.POSITIVE_INFINITY);
    const scale = Math.min(room(box.width, bounds.width), room(box.height, bounds.height), (2 * box.height) / 200);
    const x = box.x + (box.width - bounds.width * scale) / 2;
    const y = box.y + (box.height - bounds.height * scale) / 2;
    const doc = this.#doc.save().lineWidth(1.1).lineCap('round').lineJoin('round').strokeColor(INK);
    const at = (numbers: readonly number[]) =>
      numbers.map((n, i) => (i % 2 === 0 ? x + (n - bounds.x) * scale : y + (n - bounds.y) * scale));
    for (const { letter, numbers } of strokes) {
      const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0] = at(numbers);
      if (letter === 'M') doc.moveTo(a, b);
      else if (letter === 'L') doc.lineTo(a, b);
      else if (letter === 'Q') doc.quadraticCurveTo(a, b, c, d);
      else if (letter === 'C') doc.bezierCurveTo(a, b, c, d, e, f);
      else doc.closePath();
    }
    doc.stroke().restore();
    return true;
  }

  /** Begins the next page; what is drawn from here stands on it. */
  nextPage(): this {
    this.#doc.addPage();
    return this;
  }

  /** Closes the document. */
  finish(): Promise<Buffer> {
    this.#doc.end();
    return this.#bytes;
  }

  #width(text: string, piece: Piece, size: number): number {
    if (text === '') return 0;
    return this.#doc
      .font(piece.strong ? 'strong' : 'regular')
      .fontSize(size * (piece.scale ?? 1))
      .widthOfString(text);
  }

  #line(line: readonly Atom[], box: Box, middle: number, style: TextStyle): void {
    const taken = line.reduce((sum, atom) => sum + atom.width, 0);
    const spare = box.width - taken;
    let x = box.x + (style.align === 'center' ? spare / 2 : style.align === 'right' ? spare : 0);
    const foot = middle + style.size * FOOT;
    for (const atom of line) {
      const { piece } = atom;
      let begin = x;
      if (atom.tick !== undefined) {
        this.#tick(begin, middle, style.size, atom.tick);
        begin += tickRoom(style.size);
      }
      if (atom.text !== '') {
        this.#doc
          .font(piece.strong ? 'strong' : 'regular')
          .fontSize(style.size * (piece.scale ?? 1))
          .fillColor(style.color ?? INK)
          .text(atom.text, begin, foot, { lineBreak: false, baseline: 'alphabetic' });
      }
      x += atom.width;
      if (piece.underline) this.rule(begin, foot + 2, x, foot + 2, 0.4);
    }
  }

  /** ☐ or ☑, drawn: no face has the characters. */
  #tick(x: number, middle: number, size: number, on: boolean): void {
    const side = size * 0.82;
    const [left, top] = [x + size * 0.06, middle - side / 2];
    this.frame({ x: left, y: top, width: side, height: side }, 0.7);
    if (!on) return;
    this.#doc
      .save()
      .lineWidth(size * 0.14)
      .lineCap('round')
      .lineJoin('round')
      .moveTo(left + side * 0.16, top + side * 0.5)
      .lineTo(left + side * 0.42, top + side * 0.78)
      .lineTo(left + side * 0.96, top + side * 0.08)
      .stroke(INK)
      .restore();
  }
}

/** Height of one line of a style in points. */
export const lineHeight = (style: TextStyle): number => style.size * (style.leading ?? 1.4);
