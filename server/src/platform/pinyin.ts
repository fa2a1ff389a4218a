import { pinyin } from 'pinyin-pro';

const known = new Map<string, { pinyin: string; initials: string }>();

/** Pinyin without tones and initials of a name, for search: 王小明 → wangxiaoming, wxm. Surnames get their own reading. */
export function namePinyin(name: string): { pinyin: string; initials: string } {
  const before = known.get(name);
  if (before) return before;
  const syllables = pinyin(name, { toneType: 'none', type: 'array', surname: 'head', nonZh: 'removed' });
  const result = {
    pinyin: syllables.join('').toLowerCase().slice(0, 100),
    initials: syllables
      .map((syllable) => syllable[0] ?? '')
      .join('')
      .toLowerCase()
      .slice(0, 30),
  };
  // Names repeat; a few thousand of them save a third of the time of a submission.
  if (known.size >= 20_000) known.clear();
  known.set(name, result);
  return result;
}
