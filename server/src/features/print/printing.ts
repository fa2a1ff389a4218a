import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { PAGE, type Sheet } from '../../platform/pdf/sheet.ts';
import { clockTime, longDate } from '../../platform/words.ts';

/** Who prints, when, why: stands at the foot of every page. */
export interface Printing {
  readonly now: Date;
  /** The office in charge; the author of the document. */
  readonly office: string;
  readonly line: string;
}

/** The line at the foot: a clerk by name and office with the reason, a worker as 本人. */
export function printingBy(context: Context, actor: Actor, now: Date, office: string, reason: string): Printing {
  const time = `${longDate(businessDate(now))}${clockTime(now)}`;
  const line =
    actor.kind === 'staff'
      ? `打印人：${actor.name}（${context.reference.officeName(actor.office)}）　打印时间：${time}　事由：${reason}`
      : `本人于${time}从网上服务大厅下载`;
  return { now, office: context.reference.officeName(office), line };
}

/** Draws it. */
export function drawFooter(sheet: Sheet, { line }: Printing): void {
  const y = PAGE.height - 46;
  sheet.rule(44, y, PAGE.width - 44, y, 0.4, '#888888');
  sheet.write(
    line,
    { x: 44, y: y + 4, width: PAGE.width - 88, height: 26 },
    { size: 8, leading: 1.4, align: 'center', color: '#444444' },
    true,
  );
}
