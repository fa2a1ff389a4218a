import { isExitReason, noticeAfterExit } from '@yingdeng/rules/exit-reasons.ts';
import { recordText } from '../features/exchange/record.ts';
import { sm3 } from '../platform/crypto.ts';
import type { CityApplication, CityExit } from './model.ts';
import { accountId, basisOf, drawNumber, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

/** What an exit's rows are written from. */
export interface ExitGiven {
  readonly application: CityApplication;
  readonly registrationId: string;
  readonly exit: CityExit;
  readonly clerk: CityAccount;
}

/** Rows of an exit: the exit, the history of its registration, and what the platform has of it. @returns its id */
export function exitRows(rows: PersonRows, given: ExitGiven): string {
  const { context, personId, add, history } = rows;
  const { application, registrationId, exit, clerk } = given;
  const { tenant } = context;
  const id = rows.id();
  const serial = drawNumber(rows, exit.proposedAt.slice(0, 10), 2);
  const officer = { id: accountId(context, clerk), name: clerk.name };
  const worker = { id: null, name: history.person.name };
  const by = { clerk: officer, worker, comparison: { id: null, name: '信息比对' } }[exit.source];
  const confirmed = exit.status === 'confirmed';
  const policy = context.law.policy(application.division, exit.exitOn);
  const notice = isExitReason(exit.reason) ? noticeAfterExit(exit.reason, exit.subReason, policy) : undefined;
  add(
    'exit',
    tenant,
    id,
    serial,
    registrationId,
    personId,
    application.division,
    application.office,
    exit.status,
    exit.source,
    exit.reason,
    exit.subReason,
    JSON.stringify(exit.evidence),
    exit.exitOn,
    exit.remark,
    exit.proposedAt,
    by.id,
    by.name,
    exit.answeredAt
      ? JSON.stringify({ agrees: true, text: '属实', at: new Date(exit.answeredAt).toISOString() })
      : null,
    exit.confirmedAt,
    confirmed ? officer.id : null,
    confirmed ? officer.name : null,
    exit.handledOn,
    confirmed ? JSON.stringify(notice) : null,
    basisOf(rows, application.division, exit.exitOn, 'exitReasons', 'noticeExemptions').text,
    1 + (exit.askedAt ? 1 : 0) + (exit.answeredAt ? 1 : 0) + (confirmed ? 1 : 0),
  );
  const detail = JSON.stringify({ exit: id, reason: exit.reason });
  const act = (
    action: string,
    from: string,
    to: string,
    at: string | undefined,
    actor: { id: string | null; name: string },
  ) => {
    if (!at) return;
    add(
      'registration_action',
      tenant,
      rows.id(),
      registrationId,
      personId,
      application.office,
      action,
      from,
      to,
      at,
      actor.id,
      actor.name,
      detail,
    );
  };
  act('proposeExit', 'active', 'exitProposed', exit.proposedAt, by);
  act('ask', 'exitProposed', 'exitProposed', exit.askedAt, officer);
  act('answer', 'exitProposed', 'exitProposed', exit.answeredAt, worker);
  act('exit', 'exitProposed', 'exited', exit.confirmedAt, officer);
  if (confirmed && exit.handledOn) uploadRow(rows, given, id, serial, exit.handledOn);
  return id;
}

/** The exit record: accepted by the national platform, or waiting when it is of the last days (M79X-3). */
function uploadRow(
  { context, history, add }: PersonRows,
  { application, exit, clerk }: ExitGiven,
  exitId: string,
  serial: string,
  handledOn: string,
): void {
  const plain = (date: string) => date.replaceAll('-', '');
  const { person } = history;
  const accepted = handledOn <= context.uploadedUntil;
  const record = {
    AAB301: application.division,
    AAZ341: serial,
    AAC003: person.name,
    AAC002: person.idNumber,
    AAC058: person.documentType,
    AAC044: person.documentNumber,
    ADC210: plain(exit.exitOn),
    AJC00A: exit.reason,
    AAE011: clerk.name,
    AAE036: plain(handledOn),
    AAE013: exit.remark,
  };
  add(
    'exit_upload',
    context.tenant,
    exitId,
    application.office,
    application.division,
    serial,
    handledOn,
    accepted ? 'accepted' : 'waiting',
    context.crypto.seal(record),
    sm3(recordText(record)),
    accepted ? 1 : 0,
    `${handledOn}T23:30:00+08:00`,
    accepted ? `${handledOn}T23:31:00+08:00` : null,
  );
}
