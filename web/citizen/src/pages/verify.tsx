import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { type FormEvent, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { TextField } from '../parts/fields.tsx';
import { wordsOf } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';

/** Whether a certificate somebody shows is genuine and still valid. */
export function Page() {
  usePageTitle('核验登记凭证');
  const [search] = useSearchParams();
  const [number, setNumber] = useState(search.get('number') ?? '');
  const [checkCode, setCheckCode] = useState(search.get('code') ?? '');
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<Answer<'verifyCertificate'> | undefined>();
  const say = (field: string) => faults.find((one) => one.field === field)?.message;

  const verify = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const asked = { number: number.replace(/[\s-]/g, ''), checkCode: checkCode.replace(/[\s-]/g, '').toUpperCase() };
    const missing: SummaryFault[] = [];
    if (!asked.number) missing.push({ field: 'number', message: '请填写登记编号' });
    if (!asked.checkCode) missing.push({ field: 'checkCode', message: '请填写校验码' });
    setFaults(missing);
    setAttempt((count) => count + 1);
    setAnswer(undefined);
    if (missing.length > 0) return;
    setBusy(true);
    try {
      setAnswer(await call('verifyCertificate', { body: asked }));
    } catch (error) {
      setFaults([{ field: 'number', message: wordsOf(error) }]);
      setAttempt((count) => count + 1);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="wide">
      <div className="column middle stack loose">
        <div className="stack tight">
          <h1>核验登记凭证</h1>
          <p className="lead">别人给您看失业登记凭证时，在这里查它是不是真的、现在还有没有效。</p>
        </div>
        <form className="card stack" onSubmit={verify} noValidate>
          <ErrorSummary faults={faults} attempt={attempt} />
          <TextField
            id="number"
            label="登记编号"
            inputMode="numeric"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={setNumber}
            fault={say('number')}
          />
          <TextField
            id="checkCode"
            label="校验码"
            hint="印在凭证下方。"
            autoComplete="off"
            maxLength={20}
            value={checkCode}
            onChange={setCheckCode}
            fault={say('checkCode')}
          />
          <div className="actions">
            <button type="submit" className="button big" aria-disabled={busy}>
              {busy ? '正在核验…' : '核验'}
            </button>
          </div>
        </form>
        <div aria-live="polite">{answer && <Verdict answer={answer} />}</div>
      </div>
    </div>
  );
}

function Verdict({ answer }: { answer: Answer<'verifyCertificate'> }) {
  if (!answer.genuine)
    return (
      <div className="note bad">
        <strong>查不到这张凭证。</strong>
        <p>编号和校验码对不上。请核对后再试，不要凭它办事。</p>
      </div>
    );
  return (
    <div className={answer.valid ? 'note good' : 'note warn'}>
      <strong>{answer.valid ? '凭证是真的，登记有效。' : '凭证是真的，但登记已经结束。'}</strong>
      <dl className="facts" style={{ marginTop: '0.6rem' }}>
        {answer.name && (
          <div>
            <dt>姓名</dt>
            <dd>{answer.name}</dd>
          </div>
        )}
        {answer.registeredOn && (
          <div>
            <dt>登记日期</dt>
            <dd>{dayText(answer.registeredOn)}</dd>
          </div>
        )}
        {answer.officeName && (
          <div>
            <dt>办理机构</dt>
            <dd>{answer.officeName}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
