import type { CorrectableField, CorrectedData } from '@yingdeng/rules/correction.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import { once } from '../../platform/idempotency.ts';
import { notify } from '../notice/index.ts';
import { closeCorrection, findCorrection } from './correction.sql.ts';
import { apply, openForCorrection, permit, writeDown } from './correction.ts';

/**
 * A clerk settles an address in another county: taken over, or left with a note the worker reads. The registration stays with its office:
 * an address moves nobody. @throws AppError request.notFound, correction.notAllowed, registration.changed, decision.forbiddenGround
 */
export async function settleCorrection(
  context: Context,
  actor: Actor,
  on: { id: string; key: string; now: Date },
  given: { accept: boolean; note: string },
): Promise<{ registration: string; accepted: boolean }> {
  const { id, key, now } = on;
  const note = given.note.trim();
  const request = { route: 'settleCorrection', key, request: [id, given.accept, note], now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    blockForbidden(note, '更正地址的说明');
    const correction = await tx.first(findCorrection, tenantOfId(id), id);
    if (!correction) throw new AppError('request.notFound');
    const open = await openForCorrection(tx, context, correction.registration_id);
    const after = context.crypto.open<CorrectedData>(correction.after_sealed);
    permit(open.row, [{ field: 'residence', from: 'before', to: 'after' }], note);
    const state = given.accept ? 'accepted' : 'left';
    const closed = await tx.run(closeCorrection, open.row.tenant, id, state, now, actor.id, actor.name, note);
    if (closed === 0) throw new AppError('correction.notAllowed', { why: '这条地址已经有人处理过了，请刷新后查看。' });
    if (given.accept) await apply(tx, context, open, after, now);
    await writeDown(tx, context, open.row, now, {
      text: given.accept ? '核实后更正了常住地址，登记机构不变' : '核实后没有更正常住地址',
      fields: correction.fields as CorrectableField[],
      reason: note,
    });
    if (!open.row.deceased_on)
      await notify(context, tx, now, {
        tenant: open.row.tenant,
        office: open.row.office,
        personId: open.row.person_id,
        template: given.accept ? 'registration.addressTaken' : 'registration.addressLeft',
        facts: { number: open.row.number, text: note },
        ...(open.data.mobile ? { mobile: open.data.mobile } : {}),
        subjectKind: 'registration',
        subjectId: open.row.id,
        occasion: id,
      });
    return { registration: open.row.id, accepted: given.accept };
  });
  return result;
}
