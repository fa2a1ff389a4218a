import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { AlsoWanted } from '@yingdeng/contract/application-form.ts';
import { ApiError, call, requestKey } from '@yingdeng/web-shared/api.ts';
import { SignaturePad } from '@yingdeng/web-shared/signature-pad.tsx';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import type { SummaryFault } from '../parts/error-summary.tsx';
import { Fault, Tick } from '../parts/fields.tsx';
import { Failed, Loading, wordsOf } from '../parts/states.tsx';
import { AlsoWantedCard } from './also-wanted.tsx';
import { screenOf } from './screens.ts';
import type { useDraft } from './use-draft.ts';

type Kept = ReturnType<typeof useDraft>;

/** Notification, commitment, signature, submission (A21-2b, H122-2b). */
export function SignStep({
  kept,
  check,
  onFaults,
  back,
}: {
  kept: Kept;
  check: () => Promise<readonly SummaryFault[]>;
  onFaults: (faults: readonly SummaryFault[]) => void;
  back: () => void;
}) {
  const texts = useQuery({
    queryKey: ['commitment'],
    staleTime: 600_000,
    queryFn: ({ signal }) => call('getCommitment', { signal }),
  });
  const [also, setAlso] = useState<AlsoWanted>({ introduction: false });
  const [read, setRead] = useState(false);
  const [path, setPath] = useState<string | undefined>();
  const [missing, setMissing] = useState<{ read?: string; signature?: string }>({});
  const { submit, busy, refusal } = useSubmit(kept, onFaults);

  if (texts.isPending) return <Loading what="正在读取承诺书" />;
  if (texts.isError) return <Failed error={texts.error} again={() => void texts.refetch()} />;
  const { version, notification, commitment } = texts.data;

  const send = async () => {
    const lacking = {
      ...(read ? {} : { read: '请先看完告知内容，再点这里' }),
      ...(path ? {} : { signature: '请用手指在框里写您的姓名' }),
    };
    setMissing(lacking);
    const first = lacking.read ? 'read' : lacking.signature ? 'signature' : undefined;
    if (first || !path) return document.getElementById(first ?? 'signature')?.focus();
    if ((await check()).length > 0) return;
    const { tidyForm } = await import('./check.ts');
    await submit({
      form: tidyForm(kept.draft),
      commitment: { version, read: true, signature: { path, signedAt: new Date().toISOString() } },
      ...(Object.values(also).some(Boolean) ? { also } : {}),
    });
  };

  if (kept.pending)
    return <Again busy={busy} refusal={refusal} onAgain={() => kept.pending && submit(kept.pending.body)} />;
  return (
    <div className="stack loose">
      <AlsoWantedCard draft={kept.draft} value={also} onChange={setAlso} />
      <section className="card stack">
        <h2>先告诉您</h2>
        {notification
          .split(/\n+/)
          .filter(Boolean)
          .map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        <Tick
          id="read"
          checked={read}
          onChange={(checked) => {
            setRead(checked);
            setMissing({ ...missing, read: undefined });
          }}
          fault={missing.read}
        >
          我已经看完，都明白了
        </Tick>
      </section>
      <section className="card stack">
        <h2>承诺</h2>
        <blockquote className="promise">{commitment}</blockquote>
        <div className={missing.signature ? 'field faulty' : 'field'}>
          <h3 id="signature" tabIndex={-1}>
            申请人签字
          </h3>
          <p className="hint" id="signature-hint">
            用手指在框里写您的姓名。不方便写的，请到<Link to="/institutions">附近窗口</Link>签字办理，打字不能代替签名。
          </p>
          {missing.signature && <Fault>{missing.signature}</Fault>}
          <SignaturePad
            describedBy="signature-hint"
            onChange={(next) => {
              setPath(next);
              if (next) setMissing({ ...missing, signature: undefined });
            }}
          />
        </div>
      </section>
      {refusal}
      <div className="actions step-foot">
        <button type="button" className="button big" aria-disabled={busy} onClick={() => void send()}>
          {busy ? '正在提交，请稍候…' : '提交申请'}
        </button>
        <button type="button" className="button plain" onClick={back}>
          上一步
        </button>
      </div>
    </div>
  );
}

/** The answer to a submission never came. It is sent again as it was, with its key: nothing is done twice. */
function Again({ busy, refusal, onAgain }: { busy: boolean; refusal: React.ReactNode; onAgain: () => void }) {
  return (
    <div className="stack">
      <div className="note warn">
        <strong>上次提交后没有收到回音。</strong>
        <p>可能是网络断了。点下面的按钮再确认一次，不会重复办理。</p>
      </div>
      {refusal}
      <div className="actions">
        <button type="button" className="button big" aria-disabled={busy} onClick={onAgain}>
          {busy ? '正在确认…' : '再确认一次'}
        </button>
      </div>
    </div>
  );
}

function useSubmit(kept: Kept, onFaults: (faults: readonly SummaryFault[]) => void) {
  const under = useRef(false);
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<React.ReactNode>(null);
  const navigate = useNavigate();
  const queries = useQueryClient();

  const submit = async (body: NonNullable<Kept['pending']>['body']) => {
    if (under.current) return;
    under.current = true;
    setBusy(true);
    setRefusal(null);
    const pending = kept.pending ?? { key: requestKey(), body };
    kept.keepPending(pending);
    try {
      const receipt = await call('submitApplication', { body: pending.body, key: pending.key });
      kept.finish();
      queries.removeQueries({ queryKey: ['my'] });
      navigate('/receipt', { replace: true, state: receipt });
    } catch (error) {
      const unanswered = !(error instanceof ApiError) || error.offline || error.status >= 500;
      if (!unanswered) kept.keepPending(undefined);
      const fields = error instanceof ApiError ? error.body.fields : undefined;
      if (fields?.length) onFaults(fields);
      setRefusal(
        <div className="note bad" role="alert">
          <strong>{unanswered ? '还没有收到回音。' : '没有提交成功。'}</strong>
          <p>{wordsOf(error)}</p>
          {error instanceof ApiError && error.status === 401 && (
            <Link to="/sign-in?to=/apply%3Fstep=sign">重新登录</Link>
          )}
          {error instanceof ApiError && error.body.code.startsWith('application.') && (
            <Link to="/my">去看我的登记</Link>
          )}
          {fields?.some((one) => !screenOf(one.field)) && <p>{fields.map((one) => one.message).join('；')}</p>}
        </div>,
      );
    } finally {
      under.current = false;
      setBusy(false);
    }
  };
  return { submit, busy, refusal };
}
