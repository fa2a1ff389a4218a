import { codeText } from '@yingdeng/contract/code-tables.ts';
import { canonicalJson } from '../platform/audit.ts';
import { sm3 } from '../platform/crypto.ts';
import type { CityApplication, CityExit } from './model.ts';
import { accountId, basisOf, drawNumber, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

/** Who is not told of an exit follows from the situation (A21-5d, M79-4b). */
const exempt: Record<string, string> = { 25: '被判刑收监执行', 26: '死亡', emigration: '移居境外' };

/** Rows of an exit: the exit, the history of its registration, and what the platform has of it. */
export function exitRows(
  rows: PersonRows,
  given: { application: CityApplication; registrationId: string; exit: CityExit; clerk: CityAccount },
): void {
  const { context, personId, add, history } = rows;
  const { application, registrationId, exit, clerk } = given;
  const { tenant } = context;
  const id = rows.id();
  const serial = drawNumber(rows, exit.proposedAt.slice(0, 10), 2);
  const by =
    exit.source === 'clerk'
      ? { id: accountId(context, clerk), name: clerk.name }
      : { id: null, name: exit.source === 'worker' ? history.person.name : '信息比对' };
  const confirmed = exit.status === 'confirmed';
  const because = exempt[exit.subReason ?? ''] ?? exempt[exit.reason];
  const notice = because ? { notify: false, why: `${because}，不需告知` } : { notify: true, why: '已告知本人' };
  const remark = exit.reason === '90' ? '本人申请退出' : '';
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
    JSON.stringify([
      { kind: exit.source === 'comparison' ? 'comparison' : 'statement', date: exit.exitOn, text: exit.evidence },
    ]),
    exit.exitOn,
    remark,
    exit.proposedAt,
    by.id,
    by.name,
    exit.confirmedAt,
    confirmed ? accountId(context, clerk) : null,
    confirmed ? clerk.name : null,
    exit.handledOn,
    confirmed ? JSON.stringify(notice) : null,
    basisOf(rows, application.division, exit.exitOn, 'noticeExemptions').text,
    confirmed ? 2 : 1,
  );
  const act = (action: string, from: string, to: string, at: string, actorId: string | null, actorName: string) =>
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
      actorId,
      actorName,
      JSON.stringify({ reason: exit.reason, text: codeText('exitReason', exit.reason) }),
    );
  act('proposeExit', 'active', 'exitProposed', exit.proposedAt, by.id, by.name);
  if (!confirmed || !exit.confirmedAt || !exit.handledOn) return;
  act('exit', 'exitProposed', 'exited', exit.confirmedAt, accountId(context, clerk), clerk.name);
  const plain = (date: string) => date.replaceAll('-', '');
  const record = {
    AAB301: application.division,
    AAZ341: serial,
    AAC003: history.person.name,
    AAC002: history.person.idNumber,
    AAC058: history.person.documentType,
    AAC044: history.person.documentNumber,
    ADC210: plain(exit.exitOn),
    AJC00A: exit.reason,
    AAE011: clerk.name,
    AAE036: plain(exit.handledOn),
    AAE013: remark,
  };
  add(
    'exit_upload',
    tenant,
    id,
    application.office,
    application.division,
    serial,
    exit.handledOn,
    'accepted',
    context.crypto.seal(record),
    sm3(canonicalJson(record)),
    1,
    `${exit.handledOn}T21:30:00+08:00`,
    `${exit.handledOn}T21:31:00+08:00`,
  );
}
