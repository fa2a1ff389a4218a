import { codeText, exitSubReasonTables } from '@yingdeng/contract/code-tables.ts';
import { recordStateText } from '@yingdeng/rules/exchange/states.ts';
import { exitEvidenceKinds } from '@yingdeng/rules/exit-reasons.ts';
import type { RouteName } from '@yingdeng/web-shared/routes.gen.ts';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Clause } from '../../parts/clause.tsx';
import { useMay } from '../../session/use-session.ts';
import { Faults } from '../exchange/faults.tsx';
import { type Exit, verdict } from './model.ts';

export type ExitActionName = 'confirm' | 'review' | 'reject' | 'restore';
const actions: readonly { name: ExitActionName; route: RouteName; text: string; at: readonly Exit['status'][] }[] = [
  { name: 'confirm', route: 'confirmExit', text: '确认退出', at: ['proposed', 'asked'] },
  { name: 'review', route: 'reviewExit', text: '复核', at: ['awaitingReview'] },
  { name: 'reject', route: 'rejectExit', text: '驳回', at: ['proposed', 'asked', 'awaitingReview'] },
  { name: 'restore', route: 'restoreExit', text: '恢复登记', at: ['confirmed'] },
];
const statusTexts: Readonly<Record<Exit['status'], string>> = {
  asked: '已询问本人，等待答复',
  proposed: '待办理',
  awaitingReview: '等待复核',
  confirmed: '已退出',
  rejected: '不予退出',
  restored: '已恢复登记',
};
const uploadTexts: Readonly<Record<string, string>> = { ...recordStateText, mended: '已更正，自动重新上传' };
const kinds: Readonly<Record<string, string>> = exitEvidenceKinds;
const sources: Readonly<Record<string, string>> = {
  clerk: '经办人员提出',
  worker: '本人报告',
  comparison: '信息比对发现',
  policy: '政策规定',
};
const quietTag: Readonly<Record<Exit['status'], string>> = {
  asked: 'near',
  proposed: 'near',
  awaitingReview: 'near',
  confirmed: 'settled',
  rejected: 'silent',
  restored: 'clear',
};

/** Every exit of the registration: reason, evidence, what the person said, notice, upload, and what may be done. */
export function Exits({ exits, act }: { exits: readonly Exit[]; act: (exit: Exit, name: ExitActionName) => void }) {
  const may = useMay();
  return (
    <ul className="exits">
      {exits.map((exit) => {
        const subTable = exitSubReasonTables[exit.reason];
        return (
          <li key={exit.id} className="exit">
            <div className="check-head">
              <b>
                <span className="num">{exit.reason}</span> {exit.reasonText}
                {exit.subReason && subTable && `（${codeText(subTable, exit.subReason) ?? exit.subReason}）`}
              </b>
              <span className={`tag tag-${quietTag[exit.status]}`}>{statusTexts[exit.status]}</span>
            </div>
            <dl className="line-facts">
              <div>
                <dt>退出日期</dt>
                <dd className="num">{exit.exitOn}</dd>
              </div>
              <div>
                <dt>来源</dt>
                <dd>
                  {sources[exit.source] ?? exit.source}
                  {exit.source === 'clerk' && `（${exit.proposedBy}）`}
                </dd>
              </div>
              <div>
                <dt>流水号</dt>
                <dd className="num">{exit.serial}</dd>
              </div>
              {exit.confirmedAt && (
                <div>
                  <dt>确认</dt>
                  <dd>
                    <span className="num">{stampText(exit.confirmedAt)}</span> {exit.confirmedBy}
                    {exit.reviewedBy && `，${exit.reviewedBy}复核`}
                  </dd>
                </div>
              )}
            </dl>
            {exit.evidence.length > 0 && (
              <ul className="plain">
                {exit.evidence.map((piece) => (
                  <li key={`${piece.kind}${piece.date ?? ''}${piece.text}`}>
                    <span className="quiet">
                      {kinds[piece.kind] ?? piece.kind} <span className="num">{piece.date}</span>
                    </span>{' '}
                    {piece.text}
                  </li>
                ))}
              </ul>
            )}
            {exit.remark && <p>备注：{exit.remark}</p>}
            {exit.answer && (
              <p>
                本人{exit.answer.agrees ? '认可' : '有异议'}
                {exit.answer.text && `：“${exit.answer.text}”`}
                <span className="quiet num"> {stampText(exit.answer.at)}</span>
              </p>
            )}
            {exit.notice && (
              <p className="quiet">
                {exit.notice.notify ? '须告知本人。' : '不告知本人。'}
                {exit.notice.why}
                {exit.notice.clause && <Clause id={exit.notice.clause} label=" 依据：" />}
              </p>
            )}
            {exit.restoredReason && <p>恢复原因：{exit.restoredReason}</p>}
            {exit.upload && (
              <div className={exit.upload.faults.length > 0 ? 'upload upload-bad' : 'upload'}>
                上传：{uploadTexts[exit.upload.state] ?? exit.upload.state}，业务日期
                <span className="num">{exit.upload.businessDate}</span>
                {exit.upload.receipt && (
                  <>
                    ，回执<span className="num">{exit.upload.receipt}</span>
                  </>
                )}
                {may('exchange.read') && (
                  <>
                    ，<Link to={`/exchange/records/${exit.id}`}>看凭据</Link>
                  </>
                )}
                {exit.upload.faults.length > 0 && may('registration.correct') && (
                  <>
                    ，<Link to="/to-mend">去更正</Link>
                  </>
                )}
                <Faults faults={exit.upload.faults} />
              </div>
            )}
            <div className="exit-actions">
              {actions.map(({ name, route, text, at }) => {
                const permitted = verdict(exit.allowed, route, at.includes(exit.status));
                return (
                  permitted.shown && (
                    <ActionButton
                      key={name}
                      small
                      why={permitted.why}
                      danger={name === 'confirm'}
                      onClick={() => act(exit, name)}
                    >
                      {text}
                    </ActionButton>
                  )
                );
              })}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
