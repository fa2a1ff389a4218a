import type { PlainDate } from './calendar.ts';
import type { ExitReason } from './exit-reasons.ts';
import { type Refusal, refuse } from './refusal.ts';

/**
 * What a contact found out about the person (domain R063). Where `exit` stands, the finding is a circumstance of exit (A21-5d, M79-4b): it may lead to a
 * proposal that asks the person first. Stable income is none here, because the exit needs its figures.
 */
export const contactFindings = {
  seeking: { text: '仍在求职' },
  training: { text: '在参加培训' },
  hired: { text: '已到单位上班', exit: { reason: '11' } },
  individual: { text: '已从事个体经营', exit: { reason: '12', subReason: 'individual' } },
  enterprise: { text: '已创办企业', exit: { reason: '12', subReason: 'enterprise' } },
  flexible: { text: '在灵活就业' },
  studying: { text: '已入学', exit: { reason: '24', subReason: 'study' } },
  serving: { text: '已应征服兵役', exit: { reason: '24', subReason: 'service' } },
  pension: { text: '已开始领取基本养老金', exit: { reason: '21' } },
} as const satisfies Readonly<Record<string, { text: string; exit?: { reason: ExitReason; subReason?: string } }>>;
export type ContactFinding = keyof typeof contactFindings;

/** The exit a finding may lead to, or undefined. */
export function exitOfFinding(finding: ContactFinding): { reason: ExitReason; subReason?: string } | undefined {
  const known = contactFindings[finding];
  return 'exit' in known ? known.exit : undefined;
}

/** What a contact is said to have found: since when, where it is a circumstance of exit. */
export interface GivenFinding {
  readonly kind: ContactFinding;
  readonly since?: PlainDate | undefined;
}

/** What is wrong with a finding, or null. Nobody who was not reached has said anything (A21-5a). */
export function checkFinding(
  finding: GivenFinding,
  on: { answered: boolean; registeredOn: PlainDate; contactOn: PlainDate },
): Refusal | null {
  const no = (why: string) => refuse('contact.incomplete', why, 'A21-5a');
  if (!on.answered) return no('没有联系上本人，不能记录本人的情况。');
  if (!exitOfFinding(finding.kind)) return null;
  if (finding.since === undefined) return no(`${contactFindings[finding.kind].text}：请写明从哪天起。`);
  if (finding.since < on.registeredOn || finding.since > on.contactOn)
    return no(`从哪天起：应在${on.registeredOn}至${on.contactOn}之间。`);
  return null;
}
