// The rules and the table of divisions: fetched while the person fills in the first step.
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { type Policy, policyFor } from '@yingdeng/rules/provisions/policy.ts';
import type { Law } from '../data/place.ts';
import { completeForm, type Draft } from './draft.ts';
import { withoutUnasked } from './screens.ts';

/** The form as it is sent: answers no longer asked for left out, typing tidied. */
export function tidyForm(draft: Draft) {
  return normaliseForm(completeForm(withoutUnasked(draft)));
}

/**
 * What must be mended, by the same rules as on the server. `law` is the law of the place as the server knows it; without
 * a network the shipped provisions serve.
 */
export function faultsOf(draft: Draft, today: string, division: string, law: Law | undefined): FieldFault[] {
  const shipped = policyFor(division, today);
  const policy = law
    ? ({
        ...shipped,
        ...Object.fromEntries(Array.from(law, ([name, { value, citation }]) => [name, { value, citation }])),
      } as Policy)
    : shipped;
  return checkApplicationForm(tidyForm(draft), { today, policy }).faults;
}
