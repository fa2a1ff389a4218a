import { divisionName } from '@yingdeng/contract/divisions.ts';
import { explainWorkingDays } from '@yingdeng/rules/calendar.ts';
import { currentCommitmentVersion, findCommitment } from '@yingdeng/rules/commitment.ts';
import { parameters } from '@yingdeng/rules/provisions/parameter-specs.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { AppError } from '../../platform/errors.ts';
import type { Handlers } from '../../platform/http.ts';
import { verifyCertificate } from './certificate.ts';
import { institutionsUnder } from './institutions.ts';
import { listsFor } from './lists.ts';
import { enquireProgress } from './progress.ts';

export { mandatedColumns, seedLists } from './lists.seed.ts';
export { listsFor } from './lists.ts';

/** What anybody may ask without signing in. */
export function publicHandlers(context: Context): Handlers {
  return {
    enquireProgress: ({ body, now, request }) => enquireProgress(context, request.ip, body, now),
    verifyCertificate: ({ body, now, request }) => verifyCertificate(context, request.ip, body, now),
    getPolicy: async ({ query, now }) => {
      const policy = context.reference.policy(query.division, query.on ?? businessDate(now));
      return {
        division: policy.division,
        divisionName: divisionName(policy.division),
        on: policy.date,
        parameters: parameters.flatMap((parameter) => {
          const resolved = policy[parameter];
          if (!resolved) return [];
          const { document, clause, clauseId } = resolved.citation;
          return [{ parameter, value: resolved.value, citation: { document, clause, clauseId } }];
        }),
      };
    },
    explainDue: async ({ query }) => {
      const days = explainWorkingDays(query.from, query.workingDays, context.reference.calendar);
      return {
        due: days.at(-1)?.date ?? query.from,
        days: days.map(({ date, counted, why }) => ({ date, counted, why })),
      };
    },
    getInstitutions: async ({ query }) => ({
      institutions: institutionsUnder(context, query.division).map((office) => ({
        code: office.code,
        name: office.name,
        address: office.address,
        telephone: office.telephone,
        business: office.business,
        responsiblePerson: office.responsible_person,
      })),
    }),
    getLists: ({ query, now }) => listsFor(context, query.division, now),
    getCommitment: async () => {
      const text = findCommitment(currentCommitmentVersion);
      if (!text) throw new AppError('server.failed');
      return { version: text.version, notification: text.notice.join('\n'), commitment: text.commitment };
    },
  };
}
