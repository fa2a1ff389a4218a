import { commitmentDigestInput, currentCommitmentVersion } from '@yingdeng/rules/commitment.ts';
import { partForm } from '../features/application/form-storage.ts';
import { sm3 } from '../platform/crypto.ts';
import { personKey } from '../platform/identity.ts';
import { namePinyin } from '../platform/pinyin.ts';
import type { CopyTable } from './city.sql.ts';
import { copyLine } from './copy-text.ts';
import { formOf, signatureOf } from './form.ts';
import { faultyHandoverRow, handoverRow } from './handover-rows.ts';
import { matterRows } from './matter-rows.ts';
import type { CityApplication, CityEpisode, CityHistory } from './model.ts';
import { Random } from './random.ts';
import { registrationRows } from './registration-rows.ts';
import { accountId, basisOf, cityId, clerkOf, drawNumber, type PersonRows, type RowContext } from './row-context.ts';
import { servedRow } from './served-rows.ts';
import type { CityAccount } from './staff.ts';

/** Lines of COPY text by table. */
export type Lines = Record<CopyTable, string[]>;

/** More rows with an id than any person has. */
const IDS_A_PERSON = 1024;

/** Writes all rows of one person's history. */
export function writeHistory(context: RowContext, history: CityHistory, lines: Lines): void {
  const { person } = history;
  const key = personKey(context.crypto, person.idNumber);
  let sequence = (person.index + 1) * IDS_A_PERSON;
  const rows: PersonRows = {
    context,
    random: new Random(context.seed, 5, person.index),
    history,
    personId: key.personId,
    idHash: key.hash,
    add: (table, ...values) => void lines[table].push(copyLine(values)),
    id: () => cityId(context.tenant, context.seed, sequence++),
  };
  personRow(rows);
  for (const episode of history.episodes) episodeRows(rows, episode);
  servedRow(rows);
  faultyHandoverRow(rows);
}

function personRow({ context, history, personId, idHash, add }: PersonRows): void {
  const { person, episodes } = history;
  const first = episodes[0]!.application;
  const last = episodes[episodes.length - 1]!.application;
  const { pinyin, initials } = namePinyin(person.name);
  const dead = episodes.find((episode) => episode.registration?.exit?.reason === '26')?.registration?.exit;
  add(
    'person',
    context.tenant,
    personId,
    last.office,
    idHash,
    person.name,
    pinyin,
    initials,
    person.idNumber.slice(-4),
    person.sex,
    // A letter-initial number says no birth date.
    /^[A-Z]/.test(person.idNumber) ? null : person.birthDate,
    person.ethnic,
    person.political,
    person.education,
    person.health,
    person.disability ? JSON.stringify(person.disability) : null,
    person.documentType,
    person.household.division,
    person.residence.division,
    person.residence.township?.urban,
    context.crypto.lookupHash('mobile', person.mobile),
    context.crypto.seal({ idNumber: person.idNumber, documentNumber: person.documentNumber }),
    context.crypto.seal({
      mobile: person.mobile,
      email: person.email,
      householdDetail: person.household.detail,
      residenceDetail: person.residence.detail,
    }),
    dead?.status === 'confirmed' ? dead.exitOn : null,
    first.submittedAt,
    last.submittedAt,
    hukouOf(idHash, person.residence.township?.urban),
    episodes.some(({ application }) => application.box === 11) || veteranOf(idHash),
  );
}

/** Kind of household, known of five in six: drawn from the person, so that no other draw of the city moves. */
function hukouOf(idHash: Buffer, urban: boolean | undefined): '10' | '20' | null {
  if (idHash.readUInt8(4) >= 213) return null;
  return idHash.readUInt8(5) < (urban ? 90 : 215) ? '20' : '10';
}

/** Whether somebody served, known of nine in ten. */
const veteranOf = (idHash: Buffer): boolean | null => (idHash.readUInt8(6) >= 230 ? null : idHash.readUInt8(7) < 8);

const decisionActions = {
  registered: 'register',
  refused: 'refuse',
  withdrawn: 'withdraw',
  duplicate: 'closeAsDuplicate',
} as const;

function episodeRows(rows: PersonRows, episode: CityEpisode): void {
  const { context, history, personId, random, add } = rows;
  const { crypto, tenant } = context;
  const { application } = episode;
  const { person } = history;
  const id = rows.id();
  const form = formOf(random, person, application);
  const { open, sealed } = partForm(form);
  const clerk = clerkOf(rows, application.office);
  const clerkId = accountId(context, clerk);
  const onPlatform = application.channel === 'platform';
  const byStaff = application.channel === 'counter' || application.channel === 'benefit';
  const number = drawNumber(rows, application.submittedOn, 0);
  const commitment = onPlatform ? 'platform' : currentCommitmentVersion;
  const decided = application.status === 'submitted' ? undefined : application.decidedAt;
  const byWorker = application.status === 'withdrawn';
  const basis = basisOf(rows, application.division, application.submittedOn, 'decisionWorkingDays');
  const decision = decisionOf(application);
  add(
    'application',
    tenant,
    id,
    number,
    personId,
    application.division,
    application.office,
    application.channel,
    application.status,
    application.place,
    form.reason,
    form.wantsBenefit,
    form.unemployedMonth,
    JSON.stringify(open),
    crypto.seal(sealed),
    commitment,
    onPlatform ? sm3(number) : sm3(commitmentDigestInput(commitment, form)),
    onPlatform ? null : crypto.seal({ path: signatureOf(random), signedAt: application.submittedAt }),
    application.submittedAt,
    application.submittedAt,
    application.submittedOn,
    application.dueOn,
    basis.text,
    // What is not decided has its automatic checks still before it.
    decided,
    decided,
    decided === undefined || byWorker ? null : clerkId,
    decided === undefined ? null : byWorker ? person.name : clerk.name,
    application.ground,
    decision === undefined ? null : JSON.stringify(decision),
    onPlatform ? `${tenant}${number}` : null,
    byStaff ? clerkId : null,
    sm3(id),
    decided === undefined ? 1 : 2,
  );
  const act = (action: string, from: string, to: string, at: string, actor: CityAccount | undefined, detail: string) =>
    add(
      'application_action',
      tenant,
      rows.id(),
      id,
      personId,
      application.office,
      action,
      from,
      to,
      at,
      actor ? accountId(context, actor) : null,
      actor?.name ?? (onPlatform && action === 'submit' ? '全国平台' : person.name),
      detail,
    );
  act(
    'submit',
    'draft',
    'submitted',
    application.submittedAt,
    byStaff ? clerk : undefined,
    JSON.stringify({ channel: application.channel, due: application.dueOn, clause: basis.clause }),
  );
  if (decided !== undefined && application.status !== 'submitted') {
    act(
      decisionActions[application.status],
      'submitted',
      application.status,
      decided,
      byWorker ? undefined : clerk,
      JSON.stringify(decision),
    );
    uploadRow(rows, { id, application, decided, platformNumber: onPlatform ? `${tenant}${number}` : null });
  }
  if (application.channel === 'benefit') handoverRow(rows, id, application, crypto.seal({ form, commitment }));
  if (episode.registration) registrationRows(rows, episode, episode.registration, id, clerk);
  matterRows(rows, {
    applicationId: id,
    application,
    wantsBenefit: form.wantsBenefit,
    registration: episode.registration,
    clerk,
  });
}

/**
 * The result on its way to the platform (M79-7a): accepted at once, or still waiting when it is of the days the platform is asked about, so that
 * the stand-in has it too; it goes under our own number then, for the stand-in never gave out the city's numbers of the platform.
 */
function uploadRow(
  { context, add }: PersonRows,
  of: { id: string; application: CityApplication; decided: string; platformNumber: string | null },
): void {
  const accepted = of.decided.slice(0, 10) <= context.uploadedUntil;
  add(
    'decision_upload',
    context.tenant,
    of.id,
    of.application.office,
    accepted ? of.platformNumber : null,
    of.application.status,
    of.decided,
    accepted ? 'accepted' : 'waiting',
    accepted ? 1 : 0,
    accepted ? of.decided : null,
    accepted ? of.decided : null,
  );
}

/** What a decision keeps beside its outcome, as the commands write it. */
function decisionOf(application: CityApplication): Record<string, unknown> | undefined {
  if (application.status === 'submitted') return undefined;
  if (application.status === 'withdrawn') return { reason: '已找到工作' };
  if (!application.ground) return { note: '' };
  const finding = { drawingPension: 'pensionFinding', employed: 'employmentFinding', inBusiness: 'marketFinding' }[
    application.ground
  ];
  const date = application.submittedOn;
  // The source may lag: what it says counts only with the worker's own word (rules/eligibility.ts).
  const evidence = [
    { kind: finding, source: '信息比对结果', date },
    { kind: 'workerStatement', source: '电话核实，本人确认', date },
  ];
  return { evidence, text: '' };
}
