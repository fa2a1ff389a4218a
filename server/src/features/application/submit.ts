import { randomInt } from 'node:crypto';
import type { AlsoWanted, CounterSubmission } from '@yingdeng/contract/application-form.ts';
import { decisionDue, nextApplication } from '@yingdeng/rules/application.ts';
import { type ApplicationForm, checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import type { Calendar, PlainDate } from '@yingdeng/rules/calendar.ts';
import { findCommitment } from '@yingdeng/rules/commitment.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { caseNumber } from '@yingdeng/rules/numbers.ts';
import { type MatterKind, offeredMatters } from '@yingdeng/rules/one-matter.ts';
import { paperSignatureFaults } from '@yingdeng/rules/paper-signature.ts';
import { LawSilent, type Policy } from '@yingdeng/rules/provisions/policy.ts';
import type { Citation } from '@yingdeng/rules/provisions/provision.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import type { Context } from '../../context.ts';
import { type Actor, reachingNation } from '../../platform/actor.ts';
import { auditRow, canonicalJson } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, sameBytes, sm3, tenantIdFrom } from '../../platform/crypto.ts';
import { type Step, step } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { personKey } from '../../platform/identity.ts';
import { namePinyin } from '../../platform/pinyin.ts';
import { matterSteps, wantedBy } from '../matter/index.ts';
import { noticeRow } from '../notice/index.ts';
import { dropDraft, putReportFacts, type StandingRow, whatStands } from './application.sql.ts';
import { partForm } from './form-storage.ts';
import { commitmentDigest, recorded, sheetCodeOf } from './signing.ts';
import { putSubmission } from './submit.sql.ts';

/** Through which door an application came. */
export type Channel = 'portal' | 'counter' | 'platform' | 'benefit';

/** One submission, whatever its door. */
export interface SubmissionInput {
  readonly channel: Channel;
  /** Tells a repeated request from a new one: actor and Idempotency-Key, or the platform's number. */
  readonly requestId: string;
  readonly form: ApplicationForm;
  /** Absent only for platform cases, whose commitment was given there. */
  readonly commitment?: CounterSubmission['commitment'];
  /** Asked for beside the form (M79-5a). */
  readonly also?: AlsoWanted | undefined;
  /** The worker's own submission: now, or the instant on the platform (R022). */
  readonly submittedAt: Date;
  readonly platformNumber?: string;
}

/** What became of a submission. */
export interface Submitted {
  readonly id: string;
  readonly number: string;
  readonly office: string;
  readonly submittedOn: PlainDate;
  readonly dueOn: PlainDate;
  readonly workingDays: number;
  readonly citation: Citation;
  readonly personId: string;
  readonly repeated: boolean;
}

const ATTEMPTS_AT_A_NUMBER = 3;

/**
 * Submits an application: form checked, due date from provisions and calendar of the day of submission, person found or
 * made, case, history, audit and message stored in one round trip (A21-2a, A21-2b, A21-3a, M79-3a).
 * The same person's open application or valid registration stops it; the same request gives the same receipt.
 * @throws AppError form.faulty, form.commitment, application.open, application.alreadyRegistered, request.keyReused, law.silent
 */
export async function submitApplication(
  context: Context,
  actor: Actor,
  input: SubmissionInput,
  now: Date,
): Promise<Submitted> {
  const form = normaliseForm(input.form);
  const submittedOn = businessDate(input.submittedAt);
  const due = checked(context, input, form, submittedOn);
  const tenant = form.placeDivision.slice(0, 4);
  const key = personKey(context.crypto, form.idNumber);
  const id = tenantIdFrom(tenant, `application:${input.requestId}`);
  const digest = sm3(canonicalJson([input.form, input.commitment ?? null, ...(input.also ? [input.also] : [])]));
  const offered = offeredMatters(context.reference.policy(form.placeDivision, submittedOn)).map(({ kind }) => kind);
  const asked = { tenant, id, key, digest, due, submittedOn, now, offered };
  const as = reachingNation(actor);
  for (let attempt = 1; ; attempt += 1) {
    const { steps, receipt } = submission(context, actor, input, form, asked);
    const [written] = await context.db.flight(as, steps);
    if (written?.count === 1) return receipt;
    // Rare: something stood in the way. A new transaction sees also what was committed while this one waited.
    const standing = await context.db.read(as, (tx) => tx.rows(whatStands, tenant, key.personId, id, key.hash));
    const own = standing.find((row) => row.kind === 'application' && row.id === id);
    if (own) return receiptOf(own, digest, key.personId);
    refuseWhatStands(standing);
    // Neither stored nor in the way: the number drawn by chance was taken. One in ten thousand at 100,000 a day and city.
    if (attempt === ATTEMPTS_AT_A_NUMBER) throw new AppError('server.failed');
  }
}

function checked(context: Context, input: SubmissionInput, form: ApplicationForm, submittedOn: PlainDate) {
  const policy = context.reference.policy(form.placeDivision, submittedOn);
  const drawn = input.commitment && 'signature' in input.commitment ? input.commitment.signature : undefined;
  try {
    const { faults } = checkApplicationForm(form, { today: submittedOn, policy });
    if (input.commitment && !findCommitment(input.commitment.version)) throw new AppError('form.commitment');
    const paper = paperOf(input, form);
    const next = nextApplication({ status: 'draft' }, 'submit', {
      channel: input.channel,
      submittedOn,
      faults,
      commitmentVersion: input.commitment?.version,
      signed: Boolean(drawn?.path),
      ...(paper ? { paper } : {}),
    });
    if (isRefusal(next)) {
      if (next.code === 'form.faulty')
        throw new AppError('form.faulty', { count: faults.length }, { fields: faults, clause: next.clause });
      const fields =
        paper && paperSignatureFaults(paper.signature, { ...paper, channel: input.channel, today: submittedOn });
      throw new AppError('form.commitment', {}, { clause: next.clause, ...(fields ? { fields } : {}) });
    }
    return dueOf(policy, submittedOn, context.reference.calendar);
  } catch (error) {
    if (error instanceof LawSilent) throw new AppError('law.silent', { date: submittedOn, parameter: error.message });
    throw error;
  }
}

/** A signature on paper with the code of what is submitted; undefined for one drawn on the pad. */
function paperOf({ commitment }: SubmissionInput, form: ApplicationForm) {
  if (!commitment || !('paper' in commitment)) return undefined;
  return { signature: commitment.paper, printed: sheetCodeOf(commitment.version, form) };
}

type Due = ReturnType<typeof decisionDue>;
const dues = new WeakMap<Policy, { on: PlainDate; calendar: Calendar; due: Due }>();

/** The due date of a day: one policy object stands for one place and day, and its answer for all who apply there that day. */
export function dueOf(policy: Policy, on: PlainDate, calendar: Calendar): Due {
  const known = dues.get(policy);
  if (known && known.on === on && known.calendar === calendar) return known.due;
  const due = decisionDue(on, policy, calendar);
  dues.set(policy, { on, calendar, due });
  return due;
}

interface Prepared {
  readonly tenant: string;
  readonly id: string;
  readonly key: { hash: Buffer; personId: string };
  readonly digest: Buffer;
  readonly due: { due: PlainDate; workingDays: number; citation: Citation };
  readonly submittedOn: PlainDate;
  readonly now: Date;
  readonly offered: readonly MatterKind[];
}

/** What is written, and the receipt that holds when it was. */
function submission(
  context: Context,
  actor: Actor,
  input: SubmissionInput,
  form: ApplicationForm,
  p: Prepared,
): { steps: Step[]; receipt: Submitted } {
  const { crypto } = context;
  const { tenant, id, key, now } = p;
  const office =
    actor.kind === 'staff' && actor.office.startsWith(form.placeDivision)
      ? actor.office
      : context.reference.receivingOffice(form.placeDivision);
  const { open, sealed } = partForm(form);
  const { pinyin, initials } = namePinyin(form.name);
  const number = caseNumber(p.submittedOn, randomInt(0, 1_000_000_000));
  const commitmentVersion = input.commitment?.version ?? 'platform';
  const drawn = input.commitment && 'signature' in input.commitment ? input.commitment.signature : undefined;
  const paper = input.commitment && 'paper' in input.commitment ? input.commitment.paper : undefined;
  // History and audit row hang on the stored application, so there is one of each however often the request arrives.
  const auditAction = actor.kind === 'staff' ? 'application.enter' : 'application.submit';
  const audit = auditRow(crypto, actor, now, {
    tenant,
    office,
    action: auditAction,
    subjectKind: 'application',
    subjectId: id,
    personId: key.personId,
    detail: { channel: input.channel },
  });
  const notice = noticeRow(context, now, {
    tenant,
    office,
    personId: key.personId,
    template: 'application.received',
    facts: { number, due: p.due.due },
    mobile: form.mobile,
    subjectKind: 'application',
    subjectId: id,
  });
  const written = step(
    putSubmission,
    tenant,
    id,
    key.personId,
    office,
    now,
    key.hash,
    form.name,
    pinyin,
    initials,
    form.idNumber.slice(-4),
    form.sex,
    parseIdentityNumber(form.idNumber).birthDate ?? null,
    form.ethnic,
    form.political ?? null,
    form.education,
    form.health,
    form.disability ? JSON.stringify(form.disability) : null,
    form.documentType,
    form.household.division,
    form.residence.division,
    crypto.lookupHash('mobile', form.mobile),
    crypto.seal({ idNumber: form.idNumber, documentNumber: form.documentNumber }),
    crypto.seal({
      mobile: sealed.mobile,
      landline: sealed.landline,
      email: sealed.email,
      otherContact: sealed.otherContact,
      householdDetail: sealed.householdDetail,
      residenceDetail: sealed.residenceDetail,
    }),
    number,
    form.placeDivision,
    input.channel,
    form.registrationPlace,
    form.reason,
    form.wantsBenefit,
    form.unemployedMonth,
    JSON.stringify(open),
    crypto.seal(sealed),
    commitmentVersion,
    // On the platform another text was signed, which is kept there; here the content is bound as it came.
    input.commitment ? commitmentDigest(commitmentVersion, form) : sm3(canonicalJson(['platform', form])),
    drawn ? crypto.seal(drawn) : null,
    drawn ? new Date(drawn.signedAt) : input.submittedAt,
    input.submittedAt,
    p.submittedOn,
    p.due.due,
    JSON.stringify({ decisionWorkingDays: { value: p.due.workingDays, citation: p.due.citation } }),
    input.platformNumber ?? null,
    actor.kind === 'staff' ? actor.id : null,
    p.digest,
    newTenantId(tenant, now),
    actor.name,
    JSON.stringify({ channel: input.channel, due: p.due.due, clause: p.due.citation.clauseId }),
    audit.id,
    actor.kind,
    actor.id,
    actor.role,
    auditAction,
    audit.detail,
    audit.mac,
    notice.id,
    notice.template,
    notice.body,
    notice.to,
    notice.state,
    notice.notBefore,
    paper && actor.kind === 'staff' ? JSON.stringify(recorded(paper, actor)) : null,
  );
  return {
    steps: [
      written,
      ...matterSteps(actor, { tenant, application: id, digest: p.digest, now }, wantedBy(form, input.also, p.offered)),
      ...reportFacts(input.also, tenant, key.personId, now),
      ...(actor.kind === 'worker' ? [step(dropDraft, key.personId)] : []),
    ],
    receipt: {
      id,
      number,
      office,
      submittedOn: p.submittedOn,
      dueOn: p.due.due,
      workingDays: p.due.workingDays,
      citation: p.due.citation,
      personId: key.personId,
      repeated: false,
    },
  };
}

function receiptOf(row: StandingRow, digest: Buffer, personId: string): Submitted {
  if (!row.request_digest || !sameBytes(row.request_digest, digest)) throw new AppError('request.keyReused');
  const basis = row.basis as { decisionWorkingDays: { value: number; citation: Citation } };
  return {
    id: row.id,
    number: row.number ?? '',
    office: row.office,
    submittedOn: row.submitted_on ?? '',
    dueOn: row.due_on ?? '',
    workingDays: basis.decisionWorkingDays.value,
    citation: basis.decisionWorkingDays.citation,
    personId,
    repeated: true,
  };
}

function refuseWhatStands(standing: readonly StandingRow[]): void {
  const registration = standing.find((row) => row.kind === 'registration');
  if (registration) {
    throw new AppError(
      'application.alreadyRegistered',
      { number: registration.number ?? '（在外地）' },
      { clause: 'A21-2d', detail: { registrationId: registration.id, number: registration.number } },
    );
  }
  const open = standing.find((row) => row.kind === 'application');
  if (open) {
    throw new AppError(
      'application.open',
      { number: open.number ?? '' },
      { clause: 'A21-2d', detail: { applicationId: open.id, number: open.number, dueOn: open.due_on } },
    );
  }
}

/** What was said beside the form for the monthly report (A21-6a); nothing when nothing was. */
function reportFacts(also: AlsoWanted | undefined, tenant: string, person: string, now: Date): Step[] {
  const { hukou, veteran, residenceUrban } = also ?? {};
  if (!hukou && !veteran && !residenceUrban) return [];
  const yes = (said: 'yes' | 'no' | undefined) => (said === undefined ? null : said === 'yes');
  return [step(putReportFacts, tenant, person, hukou ?? null, yes(veteran), yes(residenceUrban), now)];
}
