import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import { daysBetween } from '@yingdeng/rules/calendar.ts';
import { type Ground, groundRules, isGround } from '@yingdeng/rules/eligibility.ts';
import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { tenantOfId } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { maskTelephone } from '../../platform/words.ts';
import { allowedOnCase } from './allowed.ts';
import { citedDays } from './basis.ts';
import {
  applicationOfRegistration,
  type CheckRow,
  caseChecks,
  caseContacts,
  caseDuplicates,
  caseExits,
  caseHandovers,
  caseHead,
  caseHistory,
  caseMessages,
  caseRegistration,
  type DuplicateRow,
  type HeadRow,
  numberChanged,
  type RegistrationRow,
} from './casefile.sql.ts';
import { stateOfDue } from './due.ts';
import { maskedForm, type SealedNumbers } from './mask.ts';
import { messageOf, numberOf } from './messages.ts';
import { contactOf, exitOf } from './rows.ts';
import { applicationText, checkText, historyLine, sourceText } from './words.ts';

/** The page of one case: facts, checks, history, due dates with their clause, what may be done. */
export type CaseFile = Answer<'getApplicationCase'>;

/** A case with what its reader needs to write the look into the audit. */
interface ReadCase {
  readonly file: CaseFile;
  readonly tenant: string;
  readonly office: string;
  readonly personId: string;
}

/** The page of a case as the actor of the transaction may see it. @throws AppError request.notFound */
export async function readCase(context: Context, tx: Tx, applicationId: string): Promise<CaseFile> {
  return (await readCaseWithKeys(context, tx, applicationId)).file;
}

/** The page of the case a registration came of. @throws AppError request.notFound */
export async function readCaseOfRegistration(context: Context, tx: Tx, registrationId: string): Promise<CaseFile> {
  const row = await tx.first(applicationOfRegistration, tenantOfId(registrationId), registrationId);
  if (!row) throw new AppError('request.notFound');
  return readCase(context, tx, row.application_id);
}

/** All reads travel together; nothing is awaited in between. */
export async function readCaseWithKeys(context: Context, tx: Tx, applicationId: string): Promise<ReadCase> {
  const tenant = tenantOfId(applicationId);
  const [head, checks, registration, contacts, handovers, exits, messages, history, duplicates, changed] =
    await Promise.all([
      tx.first(caseHead, tenant, applicationId),
      tx.rows(caseChecks, tenant, applicationId),
      tx.first(caseRegistration, tenant, applicationId),
      tx.rows(caseContacts, tenant, applicationId),
      tx.rows(caseHandovers, tenant, applicationId),
      tx.rows(caseExits, tenant, applicationId),
      tx.rows(caseMessages, tenant, applicationId),
      tx.rows(caseHistory, tenant, applicationId),
      tx.rows(caseDuplicates, tenant, applicationId),
      tx.first(numberChanged, tenant, applicationId),
    ]);
  if (!head) throw new AppError('request.notFound');
  const today = businessDate(context.clock.now());
  const standing = checks.map((row) => checkOf(row, checks));
  const file: CaseFile = {
    person: personOf(context, head, today),
    ...handOf(registration ?? head, tx.actor.id),
    application: applicationOf(context, head, today),
    checks: standing,
    openFindings: standing.filter((check) => check.open).length,
    // Of a record left behind the valid one is itself, elsewhere.
    duplicates: registration?.moved_to ? [] : duplicates.map((row) => duplicateOf(context, row)),
    ...(registration
      ? {
          registration: {
            ...registrationOf(context, registration, today),
            ...(registration.moved_to && head.moved_to
              ? { movedTo: context.reference.officeNameFromAfar(head.moved_to) }
              : {}),
            contacts: contacts.map((row) => contactOf(row, handovers)),
            exits: exits.map((row) => exitOf(tx.actor, row, today)),
          },
        }
      : {}),
    ...numberOf({ contacts, messages, changed: changed?.at }),
    messages: messages.map(messageOf),
    history: history.map((row) => ({
      at: row.at.toISOString(),
      who: row.actor_name,
      action: row.action,
      text: historyLine(row),
      detail: row.detail,
    })),
    allowed: allowedOnCase(tx.actor, { head, registration, duplicates, established: establishedBy(checks) }),
  };
  return { file, tenant, office: head.office, personId: head.person_id };
}

/** In whose hand the case is. */
function handOf(row: Pick<HeadRow, 'assigned_to' | 'assigned_name'>, account: string): Pick<CaseFile, 'assigned'> {
  const { assigned_to: id, assigned_name: name } = row;
  return id ? { assigned: { id, name: name ?? '', mine: id === account } } : {};
}

function sealedOf(context: Context, head: HeadRow): SealedNumbers {
  return context.crypto.open<SealedNumbers>(head.sealed);
}

/** The person as the application names one; the file is used where the actor may see it. */
function personOf(context: Context, head: HeadRow, today: PlainDate): CaseFile['person'] {
  const { form } = head;
  const sealed = sealedOf(context, head);
  const identity = head.identity_sealed ? context.crypto.open<{ idNumber?: string }>(head.identity_sealed) : sealed;
  const contact = head.contact_sealed ? context.crypto.open<{ mobile?: string }>(head.contact_sealed) : sealed;
  const place = (name: 'household' | 'residence', known: string | null) =>
    divisionName(known ?? (form[name] as { division?: string } | undefined)?.division ?? '');
  return {
    id: head.person_id,
    name: head.person_name ?? String(form.name ?? ''),
    sex: head.sex ?? String(form.sex ?? ''),
    ...(head.birth_date ? { birthDate: head.birth_date, age: ageOn(head.birth_date, today) } : {}),
    idMasked: maskIdentityNumber(identity.idNumber ?? ''),
    mobileMasked: contact.mobile ? maskTelephone(contact.mobile) : '',
    householdText: place('household', head.household_division),
    residenceText: place('residence', head.residence_division),
  };
}

function ageOn(birthDate: PlainDate, today: PlainDate): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return daysBetween(birthDate, today) < 0 ? 0 : today.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

function applicationOf(context: Context, head: HeadRow, today: PlainDate): CaseFile['application'] {
  const decidedOn = head.decided_at ? businessDate(head.decided_at) : undefined;
  const signature = head.signature_sealed ? context.crypto.open<{ path?: string }>(head.signature_sealed) : undefined;
  return {
    id: head.id,
    number: head.number,
    status: head.status,
    statusText: applicationText(head.status),
    channel: head.channel,
    office: head.office,
    officeName: context.reference.officeName(head.office),
    placeKind: head.place_kind,
    submittedAt: head.submitted_at.toISOString(),
    due: {
      on: head.due_on,
      from: head.submitted_on,
      ...citedDays(context, head.basis, 'decisionWorkingDays', head.division, head.submitted_on),
      state: stateOfDue(head.due_on, decidedOn, today, context.reference.calendar),
    },
    form: maskedForm(head.form, sealedOf(context, head)),
    commitmentVersion: head.commitment_version,
    ...(signature?.path ? { signaturePath: signature.path } : {}),
    ...(head.paper_signature
      ? { paperSignature: { ...head.paper_signature, digest: head.commitment_digest.toString('hex') } }
      : {}),
    signedAt: head.signed_at.toISOString(),
    ...(head.decided_at ? { decidedAt: head.decided_at.toISOString() } : {}),
    ...(head.decided_by_name ? { decidedBy: head.decided_by_name } : {}),
    ...(head.ground ? { groundText: groundTextOf(head.ground) } : {}),
    ...(head.platform_number ? { platformNumber: head.platform_number } : {}),
    version: head.version,
  };
}

function registrationOf(context: Context, row: RegistrationRow, today: PlainDate) {
  // Where the law of the day sets no limit there is nothing to be late for.
  const on = row.first_contact_due ?? row.registered_on;
  const done = row.first_contact_at ? businessDate(row.first_contact_at) : (row.exited_on ?? undefined);
  return {
    id: row.id,
    number: row.number,
    status: row.status,
    statusText: row.moved_to ? '已转到外市' : registrationStatusText[row.status],
    ...(row.came_from && !row.moved_to ? { cameFromCity: true as const } : {}),
    registeredOn: row.registered_on,
    firstContact: {
      on,
      from: row.registered_on,
      ...citedDays(context, row.basis, 'firstContactWorkingDays', row.division, row.registered_on),
      state: row.first_contact_due ? stateOfDue(on, done, today, context.reference.calendar) : ('met' as const),
    },
    ...(row.first_contact_at ? { firstContactAt: row.first_contact_at.toISOString() } : {}),
    ...(row.class ? { class: row.class } : {}),
    ...(row.exited_on ? { exitedOn: row.exited_on } : {}),
    version: row.version,
  };
}

function groundTextOf(ground: string): string {
  return isGround(ground) ? groundRules[ground].text : ground;
}

/** A finding is open until a later row names it as settled. */
function isOpen(row: CheckRow, all: readonly CheckRow[]): boolean {
  return row.result === 'finding' && !all.some((other) => other.settles === row.id);
}

function checkOf(row: CheckRow, all: readonly CheckRow[]): CaseFile['checks'][number] {
  return {
    id: row.id,
    source: row.source,
    sourceText: sourceText(row.source),
    result: row.result,
    ...(row.as_of ? { asOf: row.as_of } : {}),
    ...checkText(row),
    byHand: row.by_hand,
    at: row.at.toISOString(),
    who: row.actor_name,
    note: row.note,
    open: isOpen(row, all),
  };
}

/** Grounds a person established by a check; one that a later check settles no longer counts. */
function establishedBy(checks: readonly CheckRow[]): Ground[] {
  const settled = new Set(checks.map((check) => check.settles));
  return checks
    .filter((check) => !settled.has(check.id))
    .flatMap((check) => check.finding.established)
    .filter(isGround);
}

function duplicateOf(context: Context, row: DuplicateRow): CaseFile['duplicates'][number] {
  const where = row.office ? context.reference.officeName(row.office) : '其他地区';
  const text = row.kind === 'registration' ? `在${where}有有效的失业登记` : `在${where}有正在办理的申请`;
  return {
    ...(row.application_id ? { applicationId: row.application_id } : {}),
    ...(row.kind === 'registration' ? { registrationId: row.id } : {}),
    number: row.number ?? '',
    text,
  };
}
