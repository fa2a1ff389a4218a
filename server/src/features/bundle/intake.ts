import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Context } from '../../context.ts';
import { type Actor, systemActor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { blockForbidden } from '../../platform/forbidden.ts';
import type { Answer } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { joinEarlier, submitApplication } from '../application/index.ts';
import { forwardMatter, mattersOf, movedTo, putWanted, recordMatter } from '../matter/index.ts';
import { listRange } from '../worklist/index.ts';
import { findCase } from './bundle.sql.ts';
import { applicationOf, faultyHandovers, findHandover, putHandover, settleHandover } from './intake.sql.ts';
import { annexOf, type Notice } from './outside.ts';

type Applied = Extract<Notice, { kind: 'applied' }>;

const benefitOffice = { ...systemActor('benefit'), name: '失业保险经办机构' };

/** What became of a person handed over. */
interface Outcome {
  readonly state: 'taken' | 'joined' | 'faulty';
  readonly applicationId?: string;
  readonly faults: string;
}

/**
 * Takes in a person who applied at the benefit office: the form of annex 1 with its commitment goes the ordinary way, on the day it was handed
 * in there (A21-4h, M79-6b). Who is registered or has applied is joined; what is faulty goes to a clerk, and the person is asked, not refused.
 */
export async function takeHandover(context: Context, notice: Applied): Promise<void> {
  const tenant = notice.division.slice(0, 4);
  const known = await context.db.read(benefitOffice, (tx) => tx.first(findHandover, tenant, notice.number));
  if (known) return;
  const outcome = await submitted(context, notice);
  const now = context.clock.now();
  await context.db.transaction(benefitOffice, async (tx) => {
    if (outcome.applicationId) await openBenefit(context, tx, outcome.applicationId, notice, now);
    await tx.run(
      putHandover,
      tenant,
      notice.number,
      notice.division,
      notice.division,
      new Date(notice.submittedAt),
      now,
      context.crypto.seal({ form: notice.form, commitment: notice.commitment }),
      outcome.state,
      outcome.applicationId ?? null,
      outcome.faults,
    );
  });
}

async function submitted(context: Context, notice: Applied): Promise<Outcome> {
  const annex = annexOf(notice);
  if (!annex) return { state: 'faulty', faults: '登记表或承诺不完整，请与本人核对后在窗口登记。' };
  const now = context.clock.now();
  const handedIn = new Date(notice.submittedAt);
  // Nobody hands in a form tomorrow; a clock that runs ahead there is not believed here.
  const submittedAt = handedIn > now ? now : handedIn;
  const input = { channel: 'benefit', requestId: `benefit:${notice.number}`, ...annex, submittedAt } as const;
  try {
    const { id } = await submitApplication(context, benefitOffice, input, now);
    return { state: 'taken', applicationId: id, faults: '' };
  } catch (error) {
    if (!(error instanceof AppError) || error.status >= 500) throw error;
    const joined = await standing(context, error);
    if (joined) return { state: 'joined', applicationId: joined, faults: '' };
    const faults = error.body.fields?.map(({ message }) => message).join('；') || error.message;
    return { state: 'faulty', faults };
  }
}

/** The application that stands in the way, by what the refusal of the intake says. */
async function standing(context: Context, error: AppError): Promise<string | undefined> {
  const { applicationId, registrationId } = (error.body.detail ?? {}) as {
    applicationId?: string;
    registrationId?: string;
  };
  if (error.code === 'application.open') return applicationId;
  if (error.code !== 'application.alreadyRegistered' || !registrationId) return undefined;
  const row = await context.db.read(benefitOffice, (tx) =>
    tx.first(applicationOf, tenantOfId(registrationId), registrationId),
  );
  return row?.application_id;
}

/** The benefit is under way there already: its part begins as forwarded, with their number. The clock starts with the earlier day (H122-2c). */
async function openBenefit(context: Context, tx: Tx, id: string, notice: Applied, now: Date): Promise<void> {
  const tenant = tenantOfId(id);
  const file = await tx.first(findCase, tenant, id);
  if (!file) return;
  if (file.status === 'submitted') await joinEarlier(tx, context, id, new Date(notice.submittedAt), file.division, now);
  await putWanted(tx, { tenant, application: id, now, wake: false }, { kind: 'benefit', wish: '' });
  const row = (await tx.rows(mattersOf, tenant, id)).find((one) => one.kind === 'benefit' && one.state === 'asked');
  if (!row) return;
  await tx.run(forwardMatter, tenant, row.id, row.version, now, notice.number, null, null, null);
  const text = '在失业保险经办机构提出';
  await recordMatter(tx, context, row, movedTo(row, 'forward'), now, { action: 'forward', text });
}

/** Forms to put right with the person. */
export async function readHandovers(context: Context, actor: Actor): Promise<Answer<'getBenefitHandovers'>> {
  const { divisions, lo, hi } = listRange(actor, undefined, 'matter.read');
  const rows = await context.db.read(actor, (tx) => tx.rows(faultyHandovers, divisions, lo, hi));
  return {
    items: rows.map((row) => {
      const { form } = context.crypto.open<{ form: { name?: unknown; idNumber?: unknown } }>(row.content_sealed);
      return {
        number: row.number,
        name: String(form.name ?? '（没有姓名）'),
        idMasked: maskIdentityNumber(String(form.idNumber ?? '')),
        officeName: context.reference.officeName(row.office),
        submittedAt: row.submitted_at.toISOString(),
        faults: row.faults,
      };
    }),
  };
}

/** What was done about one. @throws AppError request.notFound, matter.faulty, decision.forbiddenGround */
export async function settleHandoverBy(
  context: Context,
  actor: Actor,
  on: { key: string; now: Date },
  given: { number: string; text: string },
): Promise<void> {
  const request = { route: 'settleBenefitHandover', key: on.key, request: given, now: on.now };
  await once(context.db, actor, request, async (tx) => {
    const words = given.text.trim();
    if (words.length < 4) throw new AppError('matter.faulty', { why: '请写明怎样和本人核对、怎样办的。' });
    blockForbidden(words, '核对失业保险转来的申请');
    const tenant = actor.office.slice(0, 4);
    const done = await tx.run(settleHandover, tenant, given.number, actor.lo, actor.hi, on.now, actor.name, words);
    if (done === 0) throw new AppError('request.notFound');
    await audit(tx, context.crypto, on.now, {
      tenant,
      office: actor.office,
      action: 'matter.settle',
      subjectKind: 'handover',
      subjectId: given.number,
      reason: '核对失业保险转来的申请',
    });
    return given.number;
  });
}
