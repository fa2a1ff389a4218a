import { type MendableValues, mendableNames, planMend } from '@yingdeng/rules/exchange/mending.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { businessDate } from '../../../platform/clock.ts';
import { tenantOfId } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import { once } from '../../../platform/idempotency.ts';
import { namePinyin } from '../../../platform/pinyin.ts';
import { recordStep } from '../../casefile/index.ts';
import { whyNotHere } from './list.ts';
import { lockToMend, mendExit, mendPerson, mendRegistration, sendMended, type ToMendRow } from './mending.sql.ts';

interface Identity {
  readonly idNumber: string;
  readonly documentNumber: string;
}

/**
 * The owning office corrects what a record held back or returned is made of, with a reason. Old and new values are kept sealed in the
 * audit; the record waits and is made anew and sent by itself under its own AAZ341 (M79X-2, M79X-3), or held back again with its faults.
 * @throws AppError request.notFound, exchange.notMendable
 */
export async function mendRecord(
  context: Context,
  actor: Actor,
  on: { exit: string; key: string; now: Date },
  given: Partial<MendableValues> & { reason: string },
): Promise<{ message: string }> {
  const { exit, key, now } = on;
  const tenant = tenantOfId(exit);
  const { reason, ...values } = given;
  await once(context.db, actor, { route: 'mendExitRecord', key, request: [exit, given], now }, async (tx) => {
    const row = await tx.first(lockToMend, tenant, exit);
    if (!row) throw new AppError('exchange.notMendable', { why: '这条记录已不在待更正之列，请刷新。' });
    const why = whyNotHere(row);
    if (why || !row.identity_sealed) throw new AppError('exchange.notMendable', { why: why ?? '' });
    const identity = context.crypto.open<Identity>(row.identity_sealed);
    const before = valuesOf(row, identity);
    // An empty number means: as it is; it is never shown to begin with.
    const { documentNumber, ...rest } = values;
    const wanted = { ...rest, ...(documentNumber ? { documentNumber } : {}) };
    const facts = { today: businessDate(now), registeredOn: row.registered_on, returned: row.state === 'returned' };
    const changed = planMend(before, wanted, facts);
    if (isRefusal(changed)) throw new AppError('exchange.notMendable', { why: changed.message });
    const after: MendableValues = { ...before, ...wanted };
    const { pinyin, initials } = namePinyin(after.name);
    const sealed = context.crypto.seal({ ...identity, documentNumber: after.documentNumber });
    const { person_id: person, registration_id: registration } = row;
    const { name, sex, documentType, exitOn, handler, remark } = after;
    void tx.run(mendPerson, tenant, person, name, pinyin, initials, sex, documentType, sealed, now);
    void tx.run(mendExit, tenant, exit, exitOn, handler, remark);
    void tx.run(mendRegistration, tenant, registration, exitOn);
    void tx.run(sendMended, tenant, exit);
    const names = changed.map((field) => mendableNames[field]).join('、');
    const text = names ? `更正退出上传记录：${names}` : '退出上传记录核对无误，原样重新上传';
    const subject = {
      tenant,
      id: registration,
      person_id: person,
      office: row.office,
      status: row.registration_status,
    };
    void recordStep(tx, subject, now, { action: 'correct', detail: { text, fields: changed, reason } });
    await audit(tx, context.crypto, now, {
      tenant,
      office: row.office,
      action: 'exchange.mendRecord',
      subjectKind: 'exit',
      subjectId: exit,
      personId: person,
      reason,
      // Old and new stand side by side, readable with the data keys only.
      detail: { fields: changed, sealed: context.crypto.seal({ before, after }).toString('base64') },
    });
    return {};
  });
  return { message: '已更正，系统会自动按原流水号重新上传。' };
}

const valuesOf = (row: ToMendRow, identity: Identity): MendableValues => ({
  name: row.name ?? '',
  sex: row.sex ?? '',
  documentType: row.document_type ?? '',
  documentNumber: identity.documentNumber,
  exitOn: row.exit_on,
  handler: row.handler ?? '',
  remark: row.remark,
});
