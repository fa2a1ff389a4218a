// Makes the shipped provisions of one document, so that each line says only clause, parameter and value.
import { findClause } from './clauses.ts';
import type { LawDocument } from './documents.ts';
import type { Parameter, ParameterValues } from './parameters.ts';
import type { Provision } from './provision.ts';

/** What a single provision adds to, or has different from, its document. */
interface Extra {
  from?: string;
  to?: string;
  note?: string;
}

/** A function that sets one parameter by one clause of the document. Throws on a clause id that is not in clauses.ts. */
export function provisionsOf(law: LawDocument) {
  return <P extends Parameter>(
    clauseId: string,
    parameter: P,
    value: ParameterValues[P],
    extra: Extra = {},
  ): Provision<P> => {
    const clause = findClause(clauseId);
    if (!clause) throw new Error(`no such clause: ${clauseId}`);
    const annex = clause.document.endsWith('附件') ? '附件 ' : '';
    return {
      id: `${clauseId}:${parameter}`,
      parameter,
      value,
      division: law.division,
      level: law.level,
      document: law.number,
      documentTitle: law.title,
      clause: `${annex}${clause.clause}`,
      clauseId,
      from: law.date,
      ...extra,
    } as Provision<P>;
  };
}
