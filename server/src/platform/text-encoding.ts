import { isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { encodeGb18030 } from '@yingdeng/rules/exit-file/encode.ts';
import { isMarkedUtf8, type TextEncoding } from '@yingdeng/rules/exit-file/encoding.ts';
import { uncarried } from '@yingdeng/rules/exit-record/index.ts';

export type { TextEncoding };

const BLOCK = { highWaterMark: 1 << 18 };

/** Where the last character of a block of UTF-8 begins: it may go on in the next block. */
function lastCharacter(block: Buffer): number {
  let at = block.length;
  while (at > 0 && block.length - at < 3 && (block[at - 1]! & 0xc0) === 0x80) at--;
  return at > 0 && block[at - 1]! >= 0xc0 ? at - 1 : block.length;
}

async function allUtf8(path: string): Promise<boolean> {
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of createReadStream(path, BLOCK)) {
    const block = carried.length === 0 ? (chunk as Buffer) : Buffer.concat([carried, chunk as Buffer]);
    const end = lastCharacter(block);
    if (!isUtf8(block.subarray(0, end))) return false;
    carried = block.subarray(end);
  }
  return isUtf8(carried);
}

async function allGb18030(path: string): Promise<boolean> {
  const decoder = new TextDecoder('gb18030', { fatal: true });
  try {
    for await (const chunk of createReadStream(path, BLOCK)) decoder.decode(chunk as Buffer, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    // Only the decoder's refusal is an answer; a file that cannot be read is the caller's trouble.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * The encoding of a whole file: UTF-8 by its byte-order mark or because every byte fits, else GB18030 if every byte
 * fits, else undefined (UTF-16 among others). The file is read once or twice; a sample would miss the one rare
 * character that decides.
 */
export async function detectTextEncoding(path: string): Promise<TextEncoding | undefined> {
  const file = await open(path);
  const head = Buffer.alloc(3);
  try {
    await file.read(head, 0, 3, 0);
  } finally {
    await file.close();
  }
  if (isMarkedUtf8(head)) return 'utf-8';
  const marked16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (marked16) return undefined;
  if (await allUtf8(path)) return 'utf-8';
  return (await allGb18030(path)) ? 'gb18030' : undefined;
}

/** A text with characters that no file can carry; they are named by position and code point, never replaced. */
export class UnmappableText extends Error {
  readonly characters: readonly { position: number; codePoint: string }[];
  constructor(characters: readonly { position: number; codePoint: string }[]) {
    super(`characters that cannot be written: ${characters.map(({ codePoint }) => codePoint).join(' ')}`);
    this.characters = characters;
  }
}

/**
 * The bytes of a text, without a byte-order mark. What comes back from the bytes is the text again, or there are no bytes.
 * @throws UnmappableText
 */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  const lost = uncarried(text);
  if (lost.length > 0) throw new UnmappableText(lost);
  return Buffer.from(encoding === 'utf-8' ? text : encodeGb18030(text));
}

/** The text of some bytes, as browsers and this system's checker read it. @throws TypeError when a byte does not fit */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
