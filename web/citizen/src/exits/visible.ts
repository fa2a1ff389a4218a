import { dotVariants, isBlank } from '@yingdeng/rules/exit-record/characters.ts';

/** A piece of a value: as it stands, or a character that would not be seen or would be taken for another. */
export interface Piece {
  text: string;
  /** what the character is, in Chinese; undefined for ordinary text */
  name?: string;
}

const signs: Readonly<Record<string, readonly [sign: string, name: string]>> = {
  ' ': ['␣', '空格'],
  '\t': ['⇥', '制表符'],
  '\n': ['↵', '换行'],
  '\r': ['↵', '换行'],
  '\u00a0': ['␣', '不换行空格'],
  '\u3000': ['□', '全角空格'],
};

function pieceOf(character: string): Piece | undefined {
  const unit = character.charCodeAt(0);
  const sign = signs[character];
  if (sign) return { text: sign[0], name: sign[1] };
  const code = `U+${unit.toString(16).toUpperCase().padStart(4, '0')}`;
  if (isBlank(unit)) return { text: code, name: `看不见的字符${code}` };
  if (unit === 0xfffd) return { text: character, name: '损坏的字符' };
  if (dotVariants.includes(character)) return { text: character, name: `不是标准的间隔点${code}` };
  const wide =
    (unit >= 0xff10 && unit <= 0xff19) || (unit >= 0xff21 && unit <= 0xff3a) || (unit >= 0xff41 && unit <= 0xff5a);
  return wide ? { text: character, name: '全角字符' } : undefined;
}

/** A value with what cannot be seen made visible. */
export function visiblePieces(value: string): Piece[] {
  const pieces: Piece[] = [];
  let plain = '';
  const flush = () => {
    if (plain !== '') pieces.push({ text: plain });
    plain = '';
  };
  for (const character of value) {
    const piece = pieceOf(character);
    if (!piece) {
      plain += character;
      continue;
    }
    flush();
    const last = pieces[pieces.length - 1];
    if (last?.name === '全角字符' && piece.name === last.name) last.text += piece.text;
    else pieces.push(piece);
  }
  flush();
  return pieces;
}
