import { ApiError, call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { TextField } from '../parts/fields.tsx';
import { OfficeLine } from '../parts/office-line.tsx';
import { wordsOf } from '../parts/states.tsx';
import { StatusCard } from '../parts/status-card.tsx';
import { usePageTitle } from '../parts/title.ts';

/** Progress by number and identity number, without an account (M79-6a). */
export function Page() {
  usePageTitle('查进度');
  const [search] = useSearchParams();
  const [number, setNumber] = useState(search.get('number') ?? '');
  const [idNumber, setIdNumber] = useState('');
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const [found, setFound] = useState<Answer<'enquireProgress'> | undefined>();
  const say = (field: string) => faults.find((one) => one.field === field)?.message;
  const result = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (found) result.current?.focus();
  }, [found]);

  const ask = async (event: FormEvent) => {
    event.preventDefault();
    if (busy) return;
    const asked = { number: plain(number), idNumber: plain(idNumber) };
    const missing: SummaryFault[] = [];
    if (asked.number.length < 4) missing.push({ field: 'number', message: '请填写受理编号' });
    if (asked.idNumber.length < 6) missing.push({ field: 'idNumber', message: '请填写申请时用的证件号' });
    setAttempt((count) => count + 1);
    setFaults(missing);
    if (missing.length > 0) return;
    setBusy(true);
    setFound(undefined);
    try {
      setFound(await call('enquireProgress', { body: asked }));
    } catch (error) {
      const message =
        error instanceof ApiError && error.status === 404
          ? '没有查到。请核对受理编号和证件号，两个都要对上才能查到。'
          : wordsOf(error);
      setFaults([{ field: 'number', message }]);
      setAttempt((count) => count + 1);
    } finally {
      setBusy(false);
    }
  };

  return (
    <div className="wide">
      <div className="column middle stack loose">
        <div className="stack tight">
          <h1>查进度</h1>
          <p className="lead">不用登录，填两个号码就能查。</p>
        </div>
        <form className="card stack" onSubmit={ask} noValidate>
          <ErrorSummary faults={faults} attempt={attempt} />
          <TextField
            id="number"
            label="受理编号"
            hint="提交申请时告诉过您，短信里也有。"
            inputMode="numeric"
            autoComplete="off"
            maxLength={40}
            value={number}
            onChange={setNumber}
            fault={say('number')}
          />
          <TextField
            id="idNumber"
            label="证件号"
            hint="申请时填写的身份证号或其他证件号。"
            autoComplete="off"
            maxLength={22}
            value={idNumber}
            onChange={setIdNumber}
            fault={say('idNumber')}
          />
          <div className="actions">
            <button type="submit" className="button big" aria-disabled={busy}>
              {busy ? '正在查询…' : '查询'}
            </button>
          </div>
          <p className="small soft">
            忘了编号？<Link to="/my">登录后也能看到</Link>，或拨打 <a href="tel:12333">12333</a>。
          </p>
        </form>
        <div ref={result} tabIndex={-1} aria-live="polite">
          {found && (
            <StatusCard
              status={found.status}
              above={
                <>
                  受理编号 <span className="number">{found.number}</span> · {dayText(found.submittedOn)}提交
                </>
              }
            >
              <OfficeLine name={found.officeName} telephone={found.officeTelephone} />
            </StatusCard>
          )}
        </div>
      </div>
    </div>
  );
}

const plain = (text: string) => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
