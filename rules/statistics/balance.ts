// What must hold of a sheet before anybody signs it (A21-6b, M79-9): each check is a sentence, a clause and two numbers that must be equal.
import { type CutName, cutNames, cuts } from './cuts.ts';
import { type Figures, type RowName, rowNames } from './sheet.ts';

/** A check with what it found; `left` and `right` as the sentence names them. */
export interface SheetCheck {
  readonly name: string;
  readonly text: string;
  readonly clause: string;
  readonly left: number;
  readonly right: number;
  readonly holds: boolean;
}

/** Columns whose persons stay in them for the whole period: for these the balance must hold as for the total. */
export const lastingCuts: readonly CutName[] = ['all', 'women'];

const sum = (figures: Figures, rows: readonly RowName[], cut: CutName): number =>
  rows.reduce((total, row) => total + figures[row][cut].count, 0);
const rowsLike = (beginning: string): RowName[] =>
  rowNames.filter((name) => name.startsWith(beginning) && name !== beginning);

function equal(name: string, text: string, clause: string, left: number, right: number): SheetCheck {
  return { name, text, clause, left, right, holds: left === right };
}

/** What the closing must be by the movements: opening + new − exits ± corrections ± transfers. */
export function expectedClosing(figures: Figures, cut: CutName): number {
  const of = (row: RowName) => figures[row][cut].count;
  return (
    of('opening') + of('new') - of('exits') + of('corrected') - of('withdrawn') + of('transferIn') - of('transferOut')
  );
}

/**
 * Checks of one report. `last` is the closing of the report before as it was sent, undefined for the first report of a division;
 * `unexplained` counts persons whose coming or going no record explains (must be none); `twice` persons who stand in the stock twice.
 */
export function checkSheet(
  figures: Figures,
  facts: { last: Figures | undefined; unexplained: number; twice: number },
): SheetCheck[] {
  const all = (row: RowName) => figures[row].all.count;
  const checks = lastingCuts.map((cut) =>
    equal(
      `balance-${cut}`,
      `期末＝期初＋新登记－退出＋更正调增－更正调减＋转入－转出${cut === 'all' ? '' : `（${cuts[cut].text}）`}`,
      'M79-9',
      figures.closing[cut].count,
      expectedClosing(figures, cut),
    ),
  );
  if (facts.last !== undefined) {
    const { last } = facts;
    checks.push(
      equal('opening', '期初＝上期上报的期末', 'M79-9', all('opening'), last.closing.all.count),
      equal(
        'openingCuts',
        '期初各其中项＝上期上报的期末各其中项',
        'M79-9',
        cutNames.filter((cut) => figures.opening[cut].count === last.closing[cut].count).length,
        cutNames.length,
      ),
    );
  }
  checks.push(
    equal('reasons', '13类失业原因之和＝本期新登记', 'A21-8a', sum(figures, rowsLike('newReason'), 'all'), all('new')),
    equal('sources', '各登记来源之和＝本期新登记', 'M79-11', sum(figures, rowsLike('newFrom'), 'all'), all('new')),
    equal(
      'exitCodes',
      '各退出原因之和＝本期退出',
      'M79X-4',
      sum(
        figures,
        rowNames.filter((name) => /^exit\d/.test(name)),
        'all',
      ),
      all('exits'),
    ),
    equal(
      'ages',
      '各年龄段之和＋年龄不详＝期末（不应有不满16周岁的人）',
      'M79-10a',
      figures.closing.age16to24.count +
        figures.closing.age25to45.count +
        figures.closing.age46up.count +
        figures.closing.age46up.unknown,
      all('closing'),
    ),
    equal('once', '同一人只计一次', 'M79-11', facts.twice, 0),
    equal('explained', '每一增减都有登记、退出、恢复、补记或转移记录', 'A21-6b', facts.unexplained, 0),
  );
  return checks;
}

/** The parts of a division make the whole, figure by figure; answers where they do not. */
export function partsDiffer(whole: Figures, parts: Figures): { row: RowName; cut: CutName }[] {
  return rowNames.flatMap((row) =>
    cutNames
      .filter(
        (cut) => whole[row][cut].count !== parts[row][cut].count || whole[row][cut].unknown !== parts[row][cut].unknown,
      )
      .map((cut) => ({ row, cut })),
  );
}
