import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { uncarried } from '@yingdeng/rules/exit-record/index.ts';
import iconv from 'iconv-lite';

/** How a text file is written. GBK is read as GB18030, which contains it; nothing is ever written as GBK. */
export type TextEncoding = 'utf-8' | 'gb18030';

async function decodes(path: string, encoding: TextEncoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      decoder.decode(chunk as Buffer, { stream: true });
    }
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
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  const marked16 = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff);
  if (marked16) return undefined;
  if (await decodes(path, 'utf-8')) return 'utf-8';
  return (await decodes(path, 'gb18030')) ? 'gb18030' : undefined;
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
  return encoding === 'utf-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gb18030');
}

/** The text of some bytes, as browsers and this system's checker read it. @throws TypeError when a byte does not fit */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  return new TextDecoder(encoding, { fatal: true }).decode(bytes);
}
