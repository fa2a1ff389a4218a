import type { DecisionFacts } from '@yingdeng/rules/eligibility.ts';
import type { Policy } from '@yingdeng/rules/provisions/policy.ts';
import { requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { ApplicationRow, CheckRow } from './application.sql.ts';

/** What a clerk may establish by a check; each is a fact of the decision, `nothing` establishes none. */
export type Established =
  | 'nothing'
  | 'identityNotEstablished'
  | 'drawingPension'
  | 'employed'
  | 'inBusiness'
  | 'incomeAboveMinimum'
  | 'noCapacity'
  | 'imprisoned'
  | 'dead';

/**
 * The facts of a decision: only what a person established by a check, never what a source merely says (A21-3b, M79-2f).
 * A check that another one settles later no longer counts.
 */
export function factsOf(
  row: ApplicationRow,
  checks: readonly CheckRow[],
  alreadyRegistered: boolean,
  policy: Policy,
): DecisionFacts {
  const settled = new Set(checks.map((check) => check.settles));
  const established = new Set(
    checks
      .filter((check) => !settled.has(check.id))
      .map((check) => check.finding.established as Established | undefined),
  );
  return {
    identityEstablished: !established.has('identityNotEstablished'),
    // A letter-initial number holds no date; the document was seen, and no age is a ground but the lower one.
    birthDate: row.birth_date ?? '1900-01-01',
    appliedOn: row.submitted_on,
    lowerAge: requirePolicy(policy, 'lowerAge').value,
    drawingPension: established.has('drawingPension'),
    employed: established.has('employed'),
    inBusiness: established.has('inBusiness'),
    incomeAboveMinimum: established.has('incomeAboveMinimum'),
    noCapacity: established.has('noCapacity'),
    imprisoned: established.has('imprisoned'),
    dead: established.has('dead') || row.deceased_on !== null,
    alreadyRegistered,
  };
}
