import { ExitFileError } from './error.ts';

/** How a text file is written. GBK is read as GB18030, which contains it; nothing is ever written as GBK. */
export type TextEncoding = 'utf-8' | 'gb18030';

/** The name a person knows. */
export const encodingNames: Readonly<Record<TextEncoding, string>> = { 'utf-8': 'UTF-8', gb18030: 'GB18030' };

/** Whether a file begins with the byte-order mark of UTF-8, which settles its encoding. */
export function isMarkedUtf8(head: Uint8Array): boolean {
  return head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
}

/** The bytes as Latin letters, for comparing beginnings. */
function letters(head: Uint8Array, count: number): string {
  return String.fromCharCode(...head.subarray(0, count));
}

const saveAs = '请在Excel或WPS里打开，另存为“CSV UTF-8（逗号分隔）”，再核对存出来的文件';

const beginnings: readonly (readonly [bytes: string, name: string, advice: string])[] = [
  ['\xd0\xcf\x11\xe0', '旧版Excel或Word文件', saveAs],
  ['%PDF', 'PDF文件', '请向系统导出方要CSV文件'],
  ['\x1f\x8b', '压缩文件（gz）', '请先解压缩'],
  ['Rar!', '压缩文件（rar）', '请先解压缩'],
  ['7z\xbc\xaf', '压缩文件（7z）', '请先解压缩'],
  ['\x89PNG', '图片', '请向系统导出方要CSV文件'],
  ['\xff\xd8\xff', '图片', '请向系统导出方要CSV文件'],
  ['{\\rtf', '写字板文件', saveAs],
  ['SQLite format', '数据库文件', '请从数据库导出CSV文件'],
  ['\xff\xfe', 'UTF-16编码的文本（Excel叫“Unicode文本”）', saveAs],
  ['\xfe\xff', 'UTF-16编码的文本', saveAs],
];

/**
 * What the file is when it is no delimited text, by its first bytes (a few thousand are enough): a sentence for a
 * person, or undefined. The name of the file says nothing: systems export web pages under the name xls.
 */
export function foreignFormat(head: Uint8Array): string | undefined {
  const start = letters(head, 512);
  if (start.startsWith('PK\x03\x04')) {
    const workbook = /\[Content_Types\]|xl\/|_rels\//.test(letters(head, 4096));
    return workbook ? `这是Excel工作簿（xlsx），不是CSV。${saveAs}` : '这是压缩文件（zip），请先解压缩';
  }
  for (const [bytes, name, advice] of beginnings) {
    if (start.startsWith(bytes)) return `这是${name}，不是CSV。${advice}`;
  }
  // Text has no zero bytes; UTF-16 without a mark has one in every second place.
  if (head.subarray(0, 4096).includes(0)) return `这不是文本文件，或者是UTF-16编码的文本。${saveAs}`;
  if (/^(\xef\xbb\xbf)?\s*<(!doctype|html|\?xml|table|head|meta)/i.test(start)) {
    return `这是网页或XML文件（有的系统把它叫作xls），不是CSV。${saveAs}`;
  }
  if (/^(\xef\xbb\xbf)?\s*[[{]\s*["{[]/.test(start)) return '这是JSON文件，不是CSV。请向系统导出方要CSV文件';
  return undefined;
}

/** Turns blocks of bytes into text without a mark. Throws ExitFileError when a byte does not fit the encoding. */
export interface BlockDecoder {
  push(bytes: Uint8Array): string;
  end(): string;
  /** whether the text began with a byte-order mark; known after the first text */
  readonly marked: boolean;
}

/** A decoder that refuses instead of replacing, so that no character is lost unseen. */
export function createBlockDecoder(encoding: TextEncoding): BlockDecoder {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let begun = false;
  let marked = false;

  function text(decode: () => string): string {
    let decoded: string;
    try {
      decoded = decode();
    } catch (cause) {
      throw new ExitFileError(`文件中有不属于${encodingNames[encoding]}编码的字节，请另存为UTF-8后再试`, {
        problem: 'encoding',
        cause,
      });
    }
    if (begun || decoded === '') return decoded;
    begun = true;
    marked = decoded.charCodeAt(0) === 0xfeff;
    return marked ? decoded.slice(1) : decoded;
  }

  return {
    push: (bytes) => text(() => decoder.decode(bytes, { stream: true })),
    end: () => text(() => decoder.decode()),
    get marked() {
      return marked;
    },
  };
}
