// Two lists of the same office and kind, line by line: what the sealed one says and what the ledger says today.
import { idsAt, movementWidth, standingWidth, traitNames } from './standing.ts';

/** What differs about a registration. `fields` are named as the screen names them. */
export interface ListDifference {
  readonly registration: string;
  readonly person: string;
  /** `gone`: sealed, no longer in the ledger; `come`: in the ledger, not sealed; `changed`: in both with other facts. */
  readonly kind: 'gone' | 'come' | 'changed';
  readonly fields: readonly string[];
}

const traitTexts: Readonly<Record<(typeof traitNames)[number], string>> = {
  disabled: '残疾',
  difficulty: '就业困难人员',
  zeroEmploymentHousehold: '零就业家庭',
  ruralWorker: '户口性质',
  benefit: '失业保险金',
  unemploymentSubsidy: '失业补助金',
  oneOffAllowance: '一次性生活补助',
  graduate: '高校毕业生',
  veteran: '退役军人',
  hkMacaoTaiwan: '港澳台居民',
  townRegistered: '登记地城镇',
  townResident: '常住地城镇',
};
const columnTexts = ['登记编号', '人员', '登记日期', '出生日期', '性别', '失业原因', '登记来源', '登记失业地', '户籍'];
const movementTexts = ['变动', '日期', '退出原因'];

function byRegistration(list: string, width: number, prefix: number): Map<string, string[]> {
  const lines = new Map<string, string[]>();
  for (let line = 0; line < list.length; line += width) {
    const { registration } = idsAt(list, line + prefix);
    const text = list.slice(line, line + width - 1);
    const there = lines.get(registration);
    if (there) there.push(text);
    else lines.set(registration, [text]);
  }
  return lines;
}

function fieldsThatDiffer(before: string, after: string, moving: boolean): string[] {
  const names = moving ? [...movementTexts, ...columnTexts] : columnTexts;
  const [a, b] = [before.split('\t'), after.split('\t')];
  const differing = names.filter((_, i) => a[i] !== b[i]);
  const [was, is] = [a[names.length] ?? '', b[names.length] ?? ''];
  traitNames.forEach((name, i) => {
    if (was[i] !== is[i]) differing.push(traitTexts[name]);
  });
  return differing;
}

/** Compares a list of the stock, or of movements, with the same list of another day. */
export function differingLines(sealed: string, today: string, kind: 'stock' | 'movements'): ListDifference[] {
  if (sealed === today) return [];
  const moving = kind === 'movements';
  const [width, prefix] = moving ? [movementWidth, movementWidth - standingWidth] : [standingWidth, 0];
  const [before, after] = [byRegistration(sealed, width, prefix), byRegistration(today, width, prefix)];
  const found: ListDifference[] = [];
  const personOf = (line = '') => line.split('\t')[moving ? 4 : 1] ?? '';
  for (const [registration, lines] of before) {
    const now = after.get(registration);
    if (!now) found.push({ registration, person: personOf(lines[0]), kind: 'gone', fields: [] });
    else if (lines.join() !== now.join()) {
      const fields =
        lines.length === now.length ? lines.flatMap((line, i) => fieldsThatDiffer(line, now[i] ?? '', moving)) : [];
      found.push({ registration, person: personOf(lines[0]), kind: 'changed', fields: [...new Set(fields)] });
    }
  }
  for (const [registration, lines] of after)
    if (!before.has(registration)) found.push({ registration, person: personOf(lines[0]), kind: 'come', fields: [] });
  return found;
}
