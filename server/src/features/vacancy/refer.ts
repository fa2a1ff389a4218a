import { divisionName } from '@yingdeng/contract/divisions.ts';
import { isOccupation } from '@yingdeng/contract/occupations.ts';
import { can, whyNot } from '@yingdeng/rules/access.ts';
import { parameterSpecs } from '@yingdeng/rules/provisions/parameter-specs.ts';
import { LawSilent } from '@yingdeng/rules/provisions/policy.ts';
import { type ReferralMeans, referralAskDue } from '@yingdeng/rules/referral.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantOfId } from '../../platform/crypto.ts';
import { type Tx, violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { once } from '../../platform/idempotency.ts';
import { readSubject, writeService } from '../service/index.ts';
import { isValidOn } from './fields.ts';
import { getSeeker, type Matcher, pointsFor } from './matches.ts';
import { putReferral } from './referral.sql.ts';
import { putWish, type SeekerRow } from './seeker.sql.ts';
import { findVacancy } from './vacancy.sql.ts';

/** A command on one registration's search. */
interface OnSearch {
  readonly registrationId: string;
  readonly key: string;
  readonly now: Date;
}

/** The search to act on. @throws AppError request.notFound, access.denied, referral.notAllowed after the exit */
async function openSeeker(tx: Tx, registrationId: string): Promise<SeekerRow> {
  const { actor } = tx;
  const row = await getSeeker(tx, registrationId);
  const scope =
    actor.kind === 'worker'
      ? { ownCase: row.person_id === actor.person }
      : { actorRange: { lo: actor.lo, hi: actor.hi }, division: row.office };
  if (!can(actor.role, 'referral.record', scope))
    throw new AppError('access.denied', { why: whyNot(actor.role, 'referral.record', scope) ?? '' });
  if (row.status === 'exited')
    throw new AppError('referral.notAllowed', { why: `登记${registrationStatusText.exited}，不再推荐岗位。` });
  return row;
}

/** What a person looks for, in codes. */
export interface GivenWish {
  readonly wishes: readonly string[];
  readonly trained: readonly string[];
  readonly wage: number | null;
  readonly skill: number;
}

/** Keeps what a person looks for (A21-4b). @throws AppError request.notFound, referral.faulty, referral.notAllowed */
export async function recordWish(matcher: Matcher, actor: Actor, on: OnSearch, given: GivenWish): Promise<void> {
  const { context } = matcher;
  const { registrationId, key, now } = on;
  const unknown = [...given.wishes, ...given.trained].find((code) => !isOccupation(code));
  if (unknown !== undefined) throw new AppError('referral.faulty', { why: `职业${unknown}不在职业表里，请重新选择。` });
  const request = { route: 'recordWish', key, request: [registrationId, given], now };
  await once(context.db, actor, request, async (tx) => {
    const row = await openSeeker(tx, registrationId);
    const wishes = [...new Set(given.wishes)];
    const trained = [...new Set(given.trained)].filter((code) => !wishes.includes(code));
    await Promise.all([
      tx.run(
        putWish,
        row.tenant,
        row.id,
        row.person_id,
        row.office,
        wishes,
        trained,
        given.wage,
        given.skill,
        now,
        actor.name,
      ),
      audit(tx, context.crypto, now, {
        tenant: row.tenant,
        office: row.office,
        action: 'referral.record',
        subjectKind: 'registration',
        subjectId: row.id,
        personId: row.person_id,
        detail: { wishes, trained },
      }),
    ]);
    return row.id;
  });
}

/** A referral as it is given. */
interface GivenReferral {
  readonly vacancyId: string;
  readonly means: ReferralMeans;
  readonly consent: boolean;
  readonly note: string;
}

/**
 * Refers a person to a vacancy (A21-4d, M79-3b): with consent, kept with the vacancy as it is and why it fits, and with the day on which the
 * office asks how it went. @throws AppError request.notFound, referral.faulty, referral.notAllowed, law.silent
 */
export async function refer(matcher: Matcher, actor: Actor, on: OnSearch, given: GivenReferral): Promise<string> {
  const { context } = matcher;
  const { registrationId, key, now } = on;
  if (!given.consent)
    throw new AppError('referral.faulty', { why: '推荐前须征得本人同意。请问过本人后，勾选“本人同意推荐”。' });
  const request = { route: 'refer', key, request: [registrationId, given], now };
  try {
    const { result } = await once(context.db, actor, request, async (tx) => {
      const row = await openSeeker(tx, registrationId);
      const id = newTenantId(row.tenant, now);
      await put(matcher, tx, row, { ...given, id, now });
      return id;
    });
    return result;
  } catch (error) {
    if (violates(error, 'referral_open'))
      throw new AppError('referral.notAllowed', { why: '已经推荐过这个岗位，正在等结果。' });
    if (error instanceof LawSilent)
      throw new AppError('law.silent', { date: error.date, parameter: parameterSpecs[error.parameter].label });
    throw error;
  }
}

async function put(
  matcher: Matcher,
  tx: Tx,
  row: SeekerRow,
  given: GivenReferral & { id: string; now: Date },
): Promise<void> {
  const { context } = matcher;
  const { now, id } = given;
  const today = businessDate(now);
  const vacancy = await tx.first(findVacancy, tenantOfId(given.vacancyId), given.vacancyId);
  if (!vacancy) throw new AppError('request.notFound');
  if (!isValidOn(vacancy, today)) throw new AppError('referral.notAllowed', { why: '这个岗位已经结束，请换一个。' });
  const policy = context.reference.policy(row.division, today);
  const ask = referralAskDue(today, policy, context.reference.calendar);
  const copy = {
    number: vacancy.number,
    title: vacancy.title,
    employerName: vacancy.employer_name,
    telephone: vacancy.telephone,
    placeText: divisionName(vacancy.work_division),
  };
  const { actor } = tx;
  if (actor.kind === 'staff') {
    const served = { content: `推荐岗位：${vacancy.title}（${vacancy.employer_name}）`, outcome: '', on: today };
    await writeService(
      context,
      tx,
      await readSubject(tx, row.id),
      { kind: 'matching', result: 'going', ...served },
      now,
    );
  }
  await Promise.all([
    tx.run(
      putReferral,
      row.tenant,
      id,
      row.id,
      row.person_id,
      row.application_id,
      row.division,
      row.office,
      vacancy.id,
      JSON.stringify(copy),
      JSON.stringify(pointsFor(matcher, row, vacancy, now)),
      given.means,
      given.note.trim(),
      now,
      actor.kind === 'staff' ? actor.id : null,
      actor.name,
      ask.due,
      JSON.stringify({ referralAskWorkingDays: { value: ask.workingDays, citation: ask.citation } }),
    ),
    audit(tx, context.crypto, now, {
      tenant: row.tenant,
      office: row.office,
      action: 'referral.record',
      subjectKind: 'referral',
      subjectId: id,
      personId: row.person_id,
      detail: { vacancy: vacancy.number, means: given.means },
    }),
  ]);
}
