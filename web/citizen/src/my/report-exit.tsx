import { call } from '@yingdeng/web-shared/api.ts';
import { shanghaiDay } from '@yingdeng/web-shared/date-text.ts';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { Choices, Fault, TextField } from '../parts/fields.tsx';
import { exitChoices } from './exit-choices.ts';
import { useEffectOnce } from './use-effect-once.ts';

/** The worker reports that a circumstance of exit has occurred (A21-5a). */
export function ReportExit({ registrationId, onClose }: { registrationId: string; onClose: () => void }) {
  const today = shanghaiDay(new Date());
  const [report, setReport] = useState({ what: '', exitOn: today, text: '' });
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const { run, busy, fault, changed } = useEffectOnce(onClose);
  const chosen = exitChoices.find((one) => one.value === report.what);
  const put = (part: Partial<typeof report>) => {
    setReport({ ...report, ...part });
    changed();
  };
  const say = (field: string) => faults.find((one) => one.field === field)?.message;

  const send = () => {
    const missing: SummaryFault[] = [];
    if (!chosen) missing.push({ field: 'exit-reason', message: '请选择发生了什么' });
    if (!/^\d{4}-\d{2}-\d{2}$/.test(report.exitOn) || report.exitOn > today)
      missing.push({ field: 'exit-on', message: '请选择从哪一天开始，不能晚于今天' });
    if (chosen?.reason === '90' && !report.text.trim())
      missing.push({ field: 'exit-text', message: '请写明是什么情况' });
    setFaults(missing);
    setAttempt((count) => count + 1);
    if (missing.length > 0 || !chosen) return;
    const { reason, subReason } = chosen;
    const { exitOn, text } = report;
    void run((key) =>
      call('reportExit', {
        params: { id: registrationId },
        body: { reason, ...(subReason ? { subReason } : {}), exitOn, text: text.trim() },
        key,
      }),
    );
  };

  return (
    <Dialog heading="告诉我们您的新情况" onClose={onClose}>
      <p>我们核实后会结束失业登记，并告诉您。以后又没工作了，可以再来登记。</p>
      <ErrorSummary faults={faults} attempt={attempt} />
      <Choices
        id="exit-reason"
        label="发生了什么"
        value={report.what}
        options={exitChoices}
        onChange={(what) => put({ what })}
        fault={say('exit-reason')}
      />
      <div className={say('exit-on') ? 'field faulty' : 'field'}>
        <label className="label" htmlFor="exit-on">
          从哪一天开始
        </label>
        {say('exit-on') && <Fault>{say('exit-on')}</Fault>}
        <input
          className="input"
          type="date"
          id="exit-on"
          max={today}
          value={report.exitOn}
          onChange={(event) => put({ exitOn: event.target.value })}
        />
      </div>
      <TextField
        id="exit-text"
        label="补充说明"
        optional={chosen?.reason !== '90'}
        maxLength={100}
        value={report.text}
        onChange={(text) => put({ text })}
        fault={say('exit-text')}
      />
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button" aria-disabled={busy} onClick={send}>
          {busy ? '正在提交…' : '提交'}
        </button>
        <button type="button" className="button plain" onClick={onClose}>
          先不报
        </button>
      </div>
    </Dialog>
  );
}
