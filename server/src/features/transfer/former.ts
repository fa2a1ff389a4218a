import { can, whyNot } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { readCaseWithKeys } from '../casefile/index.ts';
import { cameFrom } from './former.sql.ts';

/** Cities a registration is followed back through. */
const MOST = 8;

/**
 * What the former cities recorded of a registration the actor's office holds now: contacts and history, to read and not to change. A look at them
 * is recorded in each, as at the page of a case, and the person sees it (product §10).
 * @throws AppError request.notFound, access.denied
 */
export async function readFormer(
  context: Context,
  actor: Actor,
  applicationId: string,
  now: Date,
): Promise<Answer<'getFormerCase'>> {
  const start = await context.db.read(actor, (tx) =>
    tx.first(cameFrom, tenantOfId(applicationId), applicationId, null),
  );
  if (!start) throw new AppError('request.notFound');
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: start.office };
  if (start.moved_to || !can(actor.role, 'contact.read', scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, 'contact.read', scope) ?? '登记已转到外市。' });
  return context.db.transaction({ ...reachingNation(actor) }, async (tx) => {
    const stays: Answer<'getFormerCase'>['stays'] = [];
    const seen = new Set([start.id]);
    let { came_from: next, arrived_at: until } = start;
    while (next && !seen.has(next) && stays.length < MOST) {
      seen.add(next);
      const row = await tx.first(cameFrom, tenantOfId(next), null, next);
      if (!row) break;
      const { file, tenant, office, personId } = await readCaseWithKeys(context, tx, row.application_id);
      await audit(tx, context.crypto, now, {
        tenant,
        office,
        action: 'look',
        subjectKind: 'application',
        subjectId: row.application_id,
        personId,
        reason: '办理转入的登记',
      });
      stays.push({
        officeName: context.reference.officeNameFromAfar(row.office),
        ...(until ? { until: businessDate(until) } : {}),
        contacts: file.registration?.contacts ?? [],
        exits: file.registration?.exits.length ?? 0,
        history: file.history,
      });
      next = row.came_from;
      until = row.arrived_at;
    }
    return { stays };
  });
}
