import { nextApplication } from '@yingdeng/rules/application.ts';
import { type Finding, meaningOf, type Source, sources } from '@yingdeng/rules/verification.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { newTenantId, tenantIdFrom } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { markChecked, putAction, putCheck, takeUnchecked } from './application.sql.ts';
import { allowed, type OnApplication, openFor } from './decide.ts';
import type { Established } from './facts.ts';
import { lookUp } from './lookup.ts';

/** A clerk settles a finding or records an own investigation; what it establishes becomes a fact of the decision (A21-3b). */
export async function recordCheck(
  context: Context,
  actor: Actor,
  on: OnApplication,
  given: { source: string; settles?: string; established: Established; note: string },
): Promise<void> {
  if (!(given.source in sources) && given.source !== 'investigation') {
    throw new AppError('request.invalid', {}, { fields: [{ field: 'source', message: '核查来源：请从列表中选择。' }] });
  }
  await once(
    context.db,
    actor,
    { route: 'recordCheck', key: on.key, request: [on.id, given], now: on.now },
    async (tx) => {
      const row = await openFor(tx, context, on, 'application.check');
      allowed(
        nextApplication(row as { status: 'submitted' }, 'recordCheck', { finding: silent(given.source, on.now) }),
      );
      const finding = JSON.stringify({ established: given.established });
      const actorId = actor.kind === 'staff' ? actor.id : null;
      void tx.run(
        putCheck,
        row.tenant,
        newTenantId(row.tenant, on.now),
        row.id,
        row.person_id,
        row.office,
        given.source,
        true,
        'settled',
        null,
        finding,
        on.now,
        actorId,
        actor.name,
        given.note,
        given.settles ?? null,
      );
      void tx.run(
        putAction,
        row.tenant,
        newTenantId(row.tenant, on.now),
        row.id,
        row.person_id,
        row.office,
        'recordCheck',
        'submitted',
        'submitted',
        on.now,
        actorId,
        actor.name,
        JSON.stringify({ source: given.source, established: given.established }),
      );
      await audit(tx, context.crypto, on.now, {
        tenant: row.tenant,
        office: row.office,
        action: 'application.check',
        subjectKind: 'application',
        subjectId: row.id,
        personId: row.person_id,
        detail: { source: given.source, established: given.established },
      });
      return { application: row.id };
    },
  );
}

// A check by hand says nothing through a source; the rule only asks whether the state still takes checks.
const silent = (source: string, now: Date): Finding => ({
  source: (source in sources ? source : 'socialSecurityCard') as Source,
  says: 'silent',
  answeredAt: now.toISOString(),
});

/** Sources asked about every application, in parallel with the clerk (A21-3b, H122-2d). */
const asked: readonly Source[] = [
  'socialSecurityCard',
  'socialInsurance',
  'employmentFiling',
  'marketEntity',
  'pension',
  'deaths',
];
/** Applications checked side by side: each asks six sources at once. */
const BATCH = 5;

/**
 * Runs the automatic checks of applications that have none yet. The application row itself is the queue. A source that is
 * silent is recorded as silent: it neither delays nor refuses (R027).
 * @returns how many applications were checked.
 */
export async function checkNewApplications(context: Context): Promise<number> {
  const system = { ...systemActor('checks'), name: '自动核验' };
  const waiting = await context.db.read(system, (tx) => tx.rows(takeUnchecked, BATCH));
  await Promise.all(
    waiting.map(async (row) => {
      const { idNumber } = context.crypto.open<{ idNumber: string }>(row.identity_sealed);
      const findings = await Promise.all(asked.map((source) => lookUp(context, source, { idNumber, name: row.name })));
      const now = context.clock.now();
      await context.db.transaction(system, async (tx) => {
        for (const finding of findings) {
          const result = finding.says === 'silent' ? 'silent' : meaningOf(finding).opensCheck ? 'finding' : 'clear';
          const id = tenantIdFrom(row.tenant, `check:${row.id}:${finding.source}`);
          const content = JSON.stringify({ says: finding.says, detail: finding.detail });
          void tx.run(
            putCheck,
            row.tenant,
            id,
            row.id,
            row.person_id,
            row.office,
            finding.source,
            false,
            result,
            finding.asOf ?? null,
            content,
            now,
            null,
            system.name,
            '',
            null,
          );
        }
        await tx.run(markChecked, row.tenant, row.id, now);
      });
    }),
  );
  return waiting.length;
}
