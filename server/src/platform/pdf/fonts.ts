import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The two faces of printed things. pdfkit embeds only the characters a document uses. */
export interface Faces {
  readonly regular: Buffer;
  readonly strong: Buffer;
}

const find = createRequire(import.meta.url);
const face = (file: string) => readFileSync(find.resolve(`@expo-google-fonts/noto-sans-sc/${file}`));

let loaded: Faces | undefined;

/** Noto Sans SC, read once, when something is printed for the first time: ten megabytes each. */
export function faces(): Faces {
  loaded ??= {
    regular: face('400Regular/NotoSansSC_400Regular.ttf'),
    strong: face('500Medium/NotoSansSC_500Medium.ttf'),
  };
  return loaded;
}

/** A character no face has, as it is printed instead: its code, so that nobody reads a blank or a box as a name. */
export const codeOf = (character: string): string =>
  `〔U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}〕`;

/**
 * A text with every character replaced that cannot be printed (`has` says which can). Characters without a shape of their own
 * (controls, joiners, selectors of a variant) are left out; line ends stay.
 */
export function printable(text: string, has: (codePoint: number) => boolean): { text: string; missing: string[] } {
  const missing: string[] = [];
  const shown = [...text.normalize('NFC').replace(/\r\n?/g, '\n').replace(/\t/g, ' ')].map((character) => {
    if (character === '\n') return character;
    if (/[\p{Cc}\p{Cf}\p{Variation_Selector}]/u.test(character)) return '';
    if (has(character.codePointAt(0) ?? 0)) return character;
    missing.push(character);
    return codeOf(character);
  });
  return { text: shown.join(''), missing };
}
