import { nextContactOn } from '@yingdeng/rules/contact-rhythm.ts';
import type { ServiceClass } from '@yingdeng/rules/service-class.ts';
import { creditRows } from './credit-rows.ts';
import { exitRows } from './exit-rows.ts';
import type { CityContact, CityEpisode, CityRegistration } from './model.ts';
import { referralRows } from './referral-rows.ts';
import { accountId, basisOf, drawNumber, type PersonRows } from './row-context.ts';
import { classOf, isRecognised, serviceRows } from './service-rows.ts';
import type { CityAccount } from './staff.ts';
import { supportRows } from './support-rows.ts';
import { trainingRows } from './training-rows.ts';
import { welfareRows } from './welfare-rows.ts';

/** Rows of a registration: itself, its claim, its history, contacts with the lists handed over, its exit. */
export function registrationRows(
  rows: PersonRows,
  episode: CityEpisode,
  registration: CityRegistration,
  applicationId: string,
  clerk: CityAccount,
): void {
  const { context, personId, random, add } = rows;
  const { tenant } = context;
  const { application } = episode;
  const id = rows.id();
  const first = registration.contacts.find((contact) => contact.purpose === 'first' && contact.reached);
  const lastReached = registration.contacts.findLast((contact) => contact.reached);
  const difficulty = first !== undefined && isRecognised(rows, application, registration);
  const computed = first && classOf(rows, application, first, difficulty);
  const basis = basisOf(rows, application.division, registration.registeredOn, 'firstContactWorkingDays');
  const exited = registration.exit?.status === 'confirmed';
  add(
    'registration',
    tenant,
    id,
    drawNumber(rows, registration.registeredOn, 1),
    String(random.below(1_000_000)).padStart(6, '0'),
    applicationId,
    personId,
    application.division,
    application.office,
    registration.status,
    application.place,
    application.channel,
    String(application.box),
    registration.registeredAt,
    registration.registeredOn,
    accountId(context, clerk),
    registration.firstContactDue,
    first?.at,
    lastReached?.at.slice(0, 7),
    computed?.class,
    basis.text,
    exited ? registration.exit?.exitOn : null,
    nextContactOf(rows, application.division, registration, computed?.class),
    // Proposed, confirmed: each raised it by one.
    1 + (registration.exit ? 1 : 0) + (exited ? 1 : 0),
  );
  add(
    'registration_action',
    tenant,
    rows.id(),
    id,
    personId,
    application.office,
    'register',
    null,
    'active',
    registration.registeredAt,
    accountId(context, clerk),
    clerk.name,
    JSON.stringify({ clause: basis.clause }),
  );
  if (registration.status !== 'exited') add('registration_claim', rows.idHash, tenant, id);
  for (const contact of registration.contacts) contactRows(rows, contact, id, application.office, clerk);
  const { division, office } = application;
  const on = { registrationId: id, applicationId, division, office, registration, clerk };
  if (first && computed) {
    serviceRows(rows, {
      registrationId: id,
      applicationId,
      application,
      registration,
      first,
      computed,
      clerk,
      difficulty,
    });
    const startUp = computed.class === 'D';
    trainingRows(rows, on, first, startUp);
    supportRows(rows, on, { application, first, difficulty, startUp });
  }
  if (first) referralRows(rows, { registrationId: id, applicationId, application, registration, first, clerk });
  const { exit } = registration;
  if (exit) welfareRows(rows, on, exitRows(rows, { application, registrationId: id, exit, clerk }));
  creditRows(rows, on);
}

/** The next contact owed, as the commands would have left it: after the last one, under the law of its day (M79-4a). */
function nextContactOf(
  rows: PersonRows,
  division: string,
  registration: CityRegistration,
  serviceClass: ServiceClass | undefined,
): string {
  const { registeredOn, contacts } = registration;
  const lastContactOn = contacts.findLast((contact) => contact.reached)?.at.slice(0, 10);
  const policy = rows.context.law.policy(division, lastContactOn ?? registeredOn);
  return nextContactOn({ registeredOn, lastContactOn, class: serviceClass }, policy);
}

const attemptResults: Partial<Record<CityContact['means'], string>> = {
  telephone: 'noAnswer',
  message: 'sent',
  visit: 'notHome',
};
const reachedResults: Partial<Record<CityContact['means'], string>> = {
  message: 'replied',
  comparison: 'compared',
  selfReport: 'received',
};
const notes: Record<CityContact['means'], string> = {
  telephone: '仍未就业，正在求职',
  visit: '上门了解，仍未就业',
  counter: '到窗口咨询，仍未就业',
  message: '短信回复，仍未就业',
  comparison: '社会保险、劳动用工备案信息比对，没有就业信息',
  selfReport: '本人报告仍在求职',
};

function contactRows(
  rows: PersonRows,
  contact: CityContact,
  registrationId: string,
  office: string,
  clerk: CityAccount,
): void {
  const { context, personId, add, history } = rows;
  const id = rows.id();
  const own = contact.means === 'selfReport';
  add(
    'contact',
    context.tenant,
    id,
    registrationId,
    personId,
    office,
    contact.purpose,
    contact.means,
    contact.reached ? 'contact' : 'attempt',
    (contact.reached ? reachedResults[contact.means] : attemptResults[contact.means]) ?? 'reached',
    contact.at,
    contact.at.slice(0, 7),
    own ? null : accountId(context, clerk),
    own ? history.person.name : clerk.name,
    contact.interview ? '首次联系，了解情况，介绍服务' : contact.reached ? notes[contact.means] : '',
    contact.interview ? JSON.stringify({ ...contact.interview, exitConditionsTold: true }) : null,
  );
  if (!contact.interview) return;
  // The lists of the whole country, in the version that every database is given at its first start.
  const how = contact.means === 'telephone' ? 'message' : 'paper';
  for (const list of ['policies', 'services', 'institutions']) {
    add(
      'list_handover',
      context.tenant,
      rows.id(),
      id,
      registrationId,
      personId,
      office,
      list,
      '000000',
      1,
      how,
      contact.at,
    );
  }
}
