import type { PlainDate } from '../calendar.ts';
import { messageTemplate, type TemplateName } from './templates.ts';

/** One version of a text of one place. Never edited: a change is the next version. */
export interface TemplateVersion {
  readonly template: TemplateName;
  /** Code of the office or division it is for, and for all below it; 000000 the whole installation. */
  readonly division: string;
  readonly version: number;
  /** null: from its day the place has no text of its own. */
  readonly text: string | null;
  readonly from: PlainDate;
}

/** The text an office sends on a day, and whose it is. */
export interface TextInForce {
  readonly text: string;
  /** Absent: the text that ships. */
  readonly version?: TemplateVersion;
}

/** The places whose texts an office may use, the nearest first: community, street, county, city, province, the whole. */
export function placesUpward(office: string): string[] {
  const county = office.slice(0, 6);
  const codes = [office, office.slice(0, 9), county, `${county.slice(0, 4)}00`, `${county.slice(0, 2)}0000`, '000000'];
  return [...new Set(codes)];
}

/**
 * The text that an office sends on a day: of the nearest place that has one, its newest version that holds by then; otherwise what ships.
 * `versionsOf` gives every version of one place, in any order.
 */
export function textInForce(
  name: TemplateName,
  office: string,
  on: PlainDate,
  versionsOf: (division: string) => readonly TemplateVersion[],
): TextInForce {
  for (const place of placesUpward(office)) {
    const version = versionsOf(place)
      .filter((one) => one.template === name && one.from <= on)
      .reduce<TemplateVersion | undefined>((best, one) => (best && best.version > one.version ? best : one), undefined);
    if (version?.text != null) return { text: version.text, version };
  }
  return { text: messageTemplate(name).shipped };
}
