import { contactMeans } from '@yingdeng/rules/contact.ts';
import { contactFindings, exitOfFinding } from '@yingdeng/rules/contact-finding.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import { longDate } from '../../platform/words.ts';
import { proposeExit } from '../exit/index.ts';
import type { GivenContact } from './check.ts';

/**
 * Proposes the exit that a finding is a circumstance of (A21-5d, M79-4b), asking the person first; the registration stays valid meanwhile. Under a key
 * of its own, so that a repeated request proposes once. What stands in the way is said and undoes no contact.
 * @returns what happened, in words; empty where nothing was to be proposed
 */
export async function proposeFromFinding(
  context: Context,
  actor: Actor,
  on: { registrationId: string; key: string; now: Date },
  given: GivenContact,
): Promise<string> {
  const { finding } = given;
  const exit = finding && exitOfFinding(finding.kind);
  if (!exit || !finding.proposeExit || finding.since === undefined) return '';
  const text = `${contactMeans[given.means]}联系时本人说明：${contactFindings[finding.kind].text}，从${longDate(finding.since)}起`;
  try {
    const done = await proposeExit(
      context,
      actor,
      { registrationId: on.registrationId, key: `${on.key}-exit`.slice(-80), now: on.now },
      {
        source: 'clerk',
        askFirst: true,
        ...exit,
        evidence: [{ kind: 'workerStatement', date: businessDate(new Date(given.at)), text }],
        exitOn: finding.since,
        remark: '',
      },
    );
    return done.message;
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    return `没有提出退出：${error.message}`;
  }
}
