import { type DifficultyFacts, judgeCategories } from '@yingdeng/rules/difficulty.ts';
import { matterKinds, offeredMatters } from '@yingdeng/rules/one-matter.ts';
import type { Context } from '../../context.ts';
import type { Answer } from '../../platform/http.ts';
import type { CaseRow } from './bundle.sql.ts';

/** Of a case: what its categories are judged by. */
export const difficultyFactsOf = (file: CaseRow): Partial<Omit<DifficultyFacts, 'on'>> => ({
  disabled: file.disabled,
  allowance: file.allowance_from !== null && file.allowance_to === null,
  sex: file.sex,
  ...(file.birth_date ? { bornOn: file.birth_date } : {}),
  ...(file.registered_on ? { registeredOn: file.registered_on } : {}),
});

type Offer = Answer<'getOneMatter'>['offers'][number];

/**
 * What is offered at a place and day. Recognition is offered only where the province's table is entered, with its categories judged as far
 * as data go: who is not registered yet is judged as if registered that day.
 */
export function offersFor(
  context: Context,
  division: string,
  on: string,
  person: Partial<Omit<DifficultyFacts, 'on'>> = {},
): Offer[] {
  const policy = context.reference.policy(division, on);
  return offeredMatters(policy).flatMap(({ kind, citation }) => {
    const { document, clause, clauseId } = citation;
    const offer = { kind, text: matterKinds[kind].text, citation: { document, clause, clauseId } };
    if (kind !== 'difficulty') return [offer];
    const facts = { ...person, registeredOn: person.registeredOn ?? on, disabled: person.disabled ?? false, on };
    const categories = judgeCategories(facts, policy);
    return categories.length > 0 ? [{ ...offer, categories }] : [];
  });
}
