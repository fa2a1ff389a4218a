import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import { type Policy, policyFor, requirePolicy } from '@yingdeng/rules/provisions/policy.ts';
import type { Provision } from '@yingdeng/rules/provisions/provision.ts';
import { shippedProvisions } from '@yingdeng/rules/provisions/shipped.ts';
import type { Deadlines } from './chronicle.ts';

/**
 * The law of the city's places on every day of its history. Between two days on which a provision begins or ends the
 * law does not change, so it is resolved once for each such span: a million histories ask some million times.
 */
export class CityLaw {
  readonly #changes: PlainDate[];
  readonly #provisions: readonly Provision[];
  readonly #known = new Map<string, Policy>();

  constructor(provisions: readonly Provision[] = shippedProvisions) {
    this.#provisions = provisions;
    const days = provisions.flatMap((p) => (p.to ? [p.from, addDays(p.to, 1)] : [p.from]));
    this.#changes = [...new Set(days)].sort();
  }

  /** The law of a division in the span that holds the day; its `date` is the first day of the span. */
  policy(division: string, on: PlainDate): Policy {
    const since = this.#changes.findLast((day) => day <= on) ?? on;
    const key = division + since;
    let policy = this.#known.get(key);
    if (!policy) {
      policy = policyFor(division, since, this.#provisions);
      this.#known.set(key, policy);
    }
    return policy;
  }

  /** The two time limits a history is written with (M79-3a). @throws LawSilent when there is none. */
  readonly deadlines: Deadlines = (division, on) => {
    const policy = this.policy(division, on);
    return {
      decision: requirePolicy(policy, 'decisionWorkingDays').value,
      firstContact: requirePolicy(policy, 'firstContactWorkingDays').value,
    };
  };
}
