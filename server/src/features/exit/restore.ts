import { divisionName } from '@yingdeng/contract/divisions.ts';
import { nextExit } from '@yingdeng/rules/exit.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { AppError } from '../../platform/errors.ts';
import { wakeByRegistration } from '../matter/index.ts';
import { findClaim, findUpload, markRestored, setDeceased, takeClaim } from './exit.sql.ts';
import { type ExitResult, lawful, type OnExit, openExit, runOnce } from './open.ts';
import { idHashOf, moveRegistration, record, send, staffIdOf } from './record.ts';

/** States of an upload in which the platform does not have the record, or gave it back. */
const notWithPlatform = ['waiting', 'blocked', 'returned'];

/**
 * Restores a registration that was ended by mistake. The claim is taken again, so a person who has registered elsewhere
 * meanwhile is not registered twice. The platform has no message that takes an exit back (domain §9.7): when the exit was
 * uploaded, a note for the next reconciliation stays in the history.
 * @throws AppError request.notFound, exit.changed, registration.claimed
 */
export function restoreExit(context: Context, actor: Actor, on: OnExit, reason: string): Promise<ExitResult> {
  const request = { route: 'restoreExit', key: on.key, request: [on.id, on.version, reason], now: on.now };
  return runOnce(context, actor, request, on.id, async (tx) => {
    const open = await openExit(tx, context, on, 'exit.restore');
    const { registration, exit } = open;
    const next = lawful(nextExit(open.state, 'restore', { reason, by: actor.name }), open);
    const hash = idHashOf(context, registration);
    const [claimed, upload] = await Promise.all([
      tx.first(takeClaim, hash, registration.tenant, registration.id),
      tx.first(findUpload, registration.tenant, exit.id),
    ]);
    if (!claimed) {
      const holder = await tx.first(findClaim, hash);
      throw new AppError(
        'registration.claimed',
        { where: holder ? `在${divisionName(`${holder.tenant}00`) || '其他地区'}` : '在其他地区' },
        { clause: 'A21-2d' },
      );
    }
    await tx.run(markRestored, registration.tenant, exit.id, on.now, staffIdOf(actor), reason);
    const to = await moveRegistration(tx, registration, 'restore', { reason });
    await tx.run(wakeByRegistration, registration.tenant, registration.id, on.now);
    const uploaded = upload !== undefined && !notWithPlatform.includes(upload.state);
    const local = next.effects.find((effect) => effect.kind === 'localProcedure');
    await record(tx, context, registration, exit, on.now, {
      action: 'restore',
      to,
      audited: 'exit.restore',
      detail: {
        reason,
        ...(uploaded && local
          ? { platform: { note: local.text, businessDate: upload.business_date, state: upload.state } }
          : {}),
      },
    });
    const takenForDead = exit.reason === '26' && registration.deceased_on === exit.exit_on;
    if (takenForDead) await tx.run(setDeceased, registration.tenant, registration.person_id, null, on.now);
    const told = !registration.deceased_on || takenForDead;
    if (told) {
      await send(tx, context, registration, exit, 'exit.restored', on.now);
    }
    const afterwards = uploaded ? '这份退出已上传全国平台，平台没有撤回接口，已在本地留存，待与平台核对。' : '';
    return {
      exit: exit.id,
      registration: registration.id,
      message: `登记已恢复${told ? '，已告知本人' : ''}。${afterwards}`,
    };
  });
}
