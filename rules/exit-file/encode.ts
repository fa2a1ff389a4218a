import type { TextEncoding } from './encoding.ts';

/**
 * GB18030 by the tables of the decoder that is at hand: browsers decode it and do not encode it. Each character goes to
 * the bytes that decode to it, so a text that was read as GB18030 is written without loss, rare characters included.
 */

/** A code of two bytes or of four, by UTF-16 unit; 0 for none. */
let codes: Uint32Array | undefined;

/** Four bytes of the `index`th sequence, as the standard numbers them. */
function fourBytes(index: number): number {
  const fourth = index % 10;
  const third = Math.floor(index / 10) % 126;
  const second = Math.floor(index / 1260) % 10;
  const first = Math.floor(index / 12600);
  return (((first + 0x81) << 24) | ((second + 0x30) << 16) | ((third + 0x81) << 8) | (fourth + 0x30)) >>> 0;
}

/** Sequences of the basic plane, and where the other planes begin. */
const BASIC = 39_420;
const BEYOND = 189_000;

function makeCodes(): Uint32Array {
  const made = new Uint32Array(0x10000);
  const decoder = new TextDecoder('gb18030');
  const put = (bytes: Uint8Array, code: number) => {
    const text = decoder.decode(bytes);
    const unit = text.charCodeAt(0);
    if (text.length === 1 && unit !== 0xfffd && made[unit] === 0) made[unit] = code;
  };
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      pair[0] = lead;
      pair[1] = trail;
      put(pair, (lead << 8) | trail);
    }
  }
  const four = new Uint8Array(4);
  for (let index = 0; index < BASIC; index++) {
    const code = fourBytes(index);
    four[0] = code >>> 24;
    four[1] = (code >>> 16) & 0xff;
    four[2] = (code >>> 8) & 0xff;
    four[3] = code & 0xff;
    put(four, code);
  }
  // The replacement character itself has a code, and is written when it was read.
  made[0xfffd] ||= 0x8431a437;
  return made;
}

/** The text in GB18030. Half a surrogate pair, which no decoder gives, becomes a replacement character. */
export function encodeGb18030(text: string): Uint8Array<ArrayBuffer> {
  codes ??= makeCodes();
  const bytes = new Uint8Array(text.length * 4);
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) {
      bytes[at++] = unit;
      continue;
    }
    let code = codes[unit]!;
    if (unit >= 0xd800 && unit <= 0xdfff) {
      const point = text.codePointAt(i)!;
      const pair = point > 0xffff;
      code = pair ? fourBytes(BEYOND + point - 0x10000) : codes[0xfffd]!;
      if (pair) i++;
    } else if (code === 0) code = codes[0xfffd]!;
    if (code > 0xffff) {
      bytes[at++] = code >>> 24;
      bytes[at++] = (code >>> 16) & 0xff;
    }
    bytes[at++] = (code >>> 8) & 0xff;
    bytes[at++] = code & 0xff;
  }
  return bytes.subarray(0, at);
}

const utf8 = new TextEncoder();

/** The text as bytes of a file. */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array<ArrayBuffer> {
  return encoding === 'utf-8' ? utf8.encode(text) : encodeGb18030(text);
}
