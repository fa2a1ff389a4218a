import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { ErrorSummary } from '../parts/error-summary.tsx';
import { Choices, Fault, TextField } from '../parts/fields.tsx';
import { ReportExit } from './report-exit.tsx';
import { useEffectOnce } from './use-effect-once.ts';

type Referral = Answer<'tellResult'>['referral'];
type Result = NonNullable<Referral['told']>['result'];

const choices: readonly { value: Result; text: string; note?: string }[] = [
  { value: 'hired', text: '录用了', note: '接着告诉我们从哪一天开始上班' },
  { value: 'notHired', text: '没有录用' },
  { value: 'declined', text: '我没有去', note: '不影响您的登记' },
];

/** The person says how it went; nothing follows by itself. Somebody taken on is led to the report with the day. */
export function JobResult({
  referral,
  registrationId,
  onClose,
}: {
  referral: Referral;
  registrationId: string;
  onClose: () => void;
}) {
  const [result, setResult] = useState<Result | ''>('');
  const [reason, setReason] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [started, setStarted] = useState(false);
  const { run, busy, fault, changed } = useEffectOnce(() => (result === 'hired' ? setStarted(true) : onClose()));
  const missing = attempt > 0 && result === '' ? [{ field: 'job-result', message: '请选择结果' }] : [];
  const send = () => {
    setAttempt(attempt + 1);
    if (result === '') return;
    void run((key) =>
      call('tellResult', { params: { id: referral.id }, body: { result, reason: reason.trim() }, key }),
    );
  };
  if (started) return <ReportExit registrationId={registrationId} onClose={onClose} />;
  return (
    <Dialog heading={`${referral.title}，结果怎么样？`} onClose={onClose}>
      <ErrorSummary faults={missing} attempt={attempt} />
      <Choices
        id="job-result"
        label="结果"
        value={result}
        options={choices}
        fault={missing[0]?.message}
        onChange={(next) => {
          setResult(next as Result);
          changed();
        }}
      />
      {result !== '' && result !== 'hired' && (
        <TextField
          id="job-reason"
          label="说说原因"
          hint="一句话，方便我们下次推荐更合适的"
          optional
          maxLength={100}
          value={reason}
          onChange={(text) => {
            setReason(text);
            changed();
          }}
        />
      )}
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button" aria-disabled={busy} onClick={send}>
          {busy ? '正在提交…' : '告诉工作人员'}
        </button>
        <button type="button" className="button plain" onClick={onClose}>
          先不说
        </button>
      </div>
    </Dialog>
  );
}
