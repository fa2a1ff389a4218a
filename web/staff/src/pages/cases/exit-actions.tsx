import { exitEvidenceKinds, exitReasonRules, isExitReason } from '@yingdeng/rules/exit-reasons.ts';
import { forbiddenGrounds } from '@yingdeng/rules/forbidden-grounds.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Radio } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { type EvidenceRow, EvidenceRows } from '../../parts/evidence.tsx';
import { Group } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { type CaseFile, type Exit, useCaseAction } from './model.ts';

interface Props {
  file: CaseFile;
  exit: Exit;
  close: () => void;
}

/** What the exit says, above the decision on it. */
function Summary({ exit }: { exit: Exit }) {
  return (
    <div className="aside-note">
      <p>
        <b>{exit.reasonText}</b>，退出日期{exit.exitOn}
      </p>
      <ul className="plain">
        {exit.evidence.map((piece) => (
          <li key={`${piece.kind}${piece.date}${piece.text}`}>
            {piece.date && <span className="num">{piece.date} </span>}
            {piece.text}
          </li>
        ))}
      </ul>
      <p className="quiet">{exit.proposedBy}提出</p>
    </div>
  );
}

/** 确认. What was found out since the proposal can be added: a report or an unanswered question may need it. */
export function ConfirmExit({ file, exit, close }: Props) {
  const [rows, setRows] = useState<EvidenceRow[]>([]);
  const kinds = isExitReason(exit.reason)
    ? exitReasonRules[exit.reason].evidence
        .filter((kind) => kind !== 'serviceOffers' && kind !== 'contactAttempts')
        .map((value) => ({ value, label: exitEvidenceKinds[value] }))
    : [];
  const action = useCaseAction(
    file.application.id,
    (body: Body<'confirmExit'>, key) => call('confirmExit', { params: { id: exit.id }, body, key }),
    close,
  );
  const hold = rows.some((row) => row.kind === '' || row.text.trim() === '')
    ? '补充的依据要写明种类和内容'
    : rows.some((row) => forbiddenGrounds(row.text).length > 0)
      ? '有不能写的内容'
      : undefined;
  return (
    <ActionDrawer
      {...action}
      title={`确认退出：${file.person.name}`}
      close={close}
      submit={() =>
        action.run({
          version: exit.version,
          evidence: rows.map(({ kind, date, text }) => ({ kind, date: date || undefined, text: text.trim() })),
        })
      }
      submitText="确认退出"
      danger
      hold={hold}
      consequence={
        exit.notice
          ? exit.notice.notify
            ? '登记结束，告知本人，今晚上传全国平台。'
            : `登记结束，今晚上传全国平台。${exit.notice.why}`
          : '按规定须复核的，转第二人复核；否则登记结束，今晚上传全国平台。'
      }
    >
      <Summary exit={exit} />
      {kinds.length > 0 && (
        <Group legend="补充依据（可不填）" hint="提出以后又核实到的情况，例如向本人或单位了解的结果。">
          <EvidenceRows rows={rows} kinds={kinds} onChange={setRows} />
        </Group>
      )}
    </ActionDrawer>
  );
}

/** 复核: the second person of a guarded exit. */
export function ReviewExit({ file, exit, close }: Props) {
  const [agrees, setAgrees] = useState<boolean>();
  const [note, setNote] = useState('');
  const action = useCaseAction(
    file.application.id,
    (body: { version: number; agrees: boolean; note: string }, key) =>
      call('reviewExit', { params: { id: exit.id }, body, key }),
    close,
  );
  const hold =
    agrees === undefined
      ? '请选择是否同意'
      : note.trim().length < 2
        ? '请写明复核意见'
        : forbiddenGrounds(note).length > 0
          ? '意见里有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title={`复核退出：${file.person.name}`}
      close={close}
      submit={() => agrees !== undefined && action.run({ version: exit.version, agrees, note: note.trim() })}
      submitText="提交复核"
      danger={agrees === true}
      hold={hold}
      consequence={agrees === undefined ? undefined : agrees ? '登记结束，今晚上传全国平台。' : '登记继续有效。'}
    >
      <Summary exit={exit} />
      <Group legend="复核结论" required>
        <Radio.Group className="choices" value={agrees} onChange={(event) => setAgrees(event.target.value === true)}>
          <Radio value={true}>证据充分，同意退出</Radio>
          <Radio value={false}>不同意，登记继续有效</Radio>
        </Radio.Group>
      </Group>
      <FreeText label="复核意见" required value={note} onChange={setNote} hint="看了哪些证据，为什么。" />
    </ActionDrawer>
  );
}

/** 驳回. */
export function RejectExit({ file, exit, close }: Props) {
  const [reason, setReason] = useState('');
  const action = useCaseAction(
    file.application.id,
    (body: { version: number; reason: string }, key) => call('rejectExit', { params: { id: exit.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`驳回退出：${file.person.name}`}
      close={close}
      submit={() => action.run({ version: exit.version, reason: reason.trim() })}
      submitText="驳回"
      hold={reason.trim().length < 2 ? '请写明原因' : undefined}
      consequence="登记继续有效，服务照常。"
    >
      <Summary exit={exit} />
      <FreeText label="驳回原因" required max={200} value={reason} onChange={setReason} autoFocus />
    </ActionDrawer>
  );
}

/** 恢复. */
export function RestoreExit({ file, exit, close }: Props) {
  const [reason, setReason] = useState('');
  const action = useCaseAction(
    file.application.id,
    (body: { version: number; reason: string }, key) => call('restoreExit', { params: { id: exit.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`恢复登记：${file.person.name}`}
      close={close}
      submit={() => action.run({ version: exit.version, reason: reason.trim() })}
      submitText="恢复登记"
      hold={reason.trim().length < 5 ? '请写明退出错在哪里（至少5个字）' : undefined}
      consequence="原登记恢复有效，告知本人。全国平台没有撤回接口，本地留存记录待核对。退出后又失业的，请重新登记，不用恢复。"
    >
      <Summary exit={exit} />
      <FreeText label="恢复原因" required value={reason} onChange={setReason} autoFocus />
    </ActionDrawer>
  );
}
