/**
 * Length of a text in GB18030 bytes, which is how older databases measure a field. The browser can decode GB18030 but
 * not encode it, so the set of two-byte characters is found once by decoding every two-byte sequence. Nothing is
 * approximated: ASCII is one byte, a character of the set two, every other four.
 */

let twoByte: Uint8Array | undefined;

function twoByteCharacters(): Uint8Array {
  const found = new Uint8Array(0x10000);
  const decoder = new TextDecoder('gb18030');
  const pair = new Uint8Array(2);
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      if (trail === 0x7f) continue;
      pair[0] = lead;
      pair[1] = trail;
      const text = decoder.decode(pair);
      if (text.length === 1 && text !== '\ufffd') found[text.charCodeAt(0)] = 1;
    }
  }
  return found;
}

/** The number of bytes the text takes in GB18030. Half a surrogate pair counts as the four bytes of a replacement. */
export function gb18030Length(text: string): number {
  let bytes = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) bytes += 1;
    else if (unit >= 0xd800 && unit <= 0xdfff) {
      bytes += 4;
      const next = i + 1 < text.length ? text.charCodeAt(i + 1) : 0;
      if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) i++;
    } else {
      twoByte ??= twoByteCharacters();
      bytes += twoByte[unit] === 1 ? 2 : 4;
    }
  }
  return bytes;
}

/** Whether the text takes more bytes than `limit`; texts that cannot, whatever their characters, are not measured. */
export function exceedsGb18030(text: string, limit: number): boolean {
  return text.length * 4 > limit && gb18030Length(text) > limit;
}
