import { useQueryClient } from '@tanstack/react-query';
import { ApiError, call } from '@yingdeng/web-shared/api.ts';
import { type FormEvent, useEffect, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { reloadSession, safePath, useSession } from '../data/session.ts';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { TextField } from '../parts/fields.tsx';
import { wordsOf } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';

/** Seconds before another code may be asked for. */
const resendAfter = 60;

/** Sign-in: the unified identity service, or a code by message. */
export function Page() {
  usePageTitle('登录');
  const [search] = useSearchParams();
  const to = safePath(search.get('to'));
  const session = useSession();
  if (session.data?.signedIn && session.data.kind === 'worker') {
    return (
      <div className="wide narrow stack">
        <h1>您已经登录</h1>
        <p className="lead">{session.data.name}，您好。</p>
        <Link className="button big" to={to}>
          继续
        </Link>
      </div>
    );
  }
  return (
    <div className="wide narrow stack loose">
      <div className="stack tight">
        <h1>登录</h1>
        <p className="lead">要确认是您本人，才能替您办理。</p>
      </div>
      {search.has('failed') && (
        <div className="note bad" role="alert">
          <strong>统一身份认证没有成功。</strong>请再试一次，或用下面的短信验证码登录。
        </div>
      )}
      <section className="card stack">
        <h2>统一身份认证</h2>
        <p className="soft">用电子社保卡或政务服务网的账号登录，姓名和证件号会自动填好。</p>
        <a className="button big full" href={`/api/sign-in/worker?to=${encodeURIComponent(to)}`}>
          去统一身份认证
        </a>
      </section>
      <section className="card stack">
        <h2>短信验证码</h2>
        <BySms to={to} />
      </section>
    </div>
  );
}

function BySms({ to }: { to: string }) {
  const [who, setWho] = useState({ name: '', idNumber: '', mobile: '' });
  const [request, setRequest] = useState<{ id: string; minutes: number } | undefined>();
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const [busy, setBusy] = useState(false);
  const say = (field: string) => faults.find((one) => one.field === field)?.message;
  const show = (next: readonly SummaryFault[]) => {
    setFaults(next);
    setAttempt((count) => count + 1);
  };

  const send = async (event?: FormEvent) => {
    event?.preventDefault();
    const missing = check(who);
    if (missing.length > 0) return show(missing);
    if (busy) return;
    setBusy(true);
    try {
      const answer = await call('requestCode', { body: tidy(who) });
      setFaults([]);
      setRequest({ id: answer.request, minutes: answer.validMinutes });
    } catch (error) {
      const fields = error instanceof ApiError ? error.body.fields : undefined;
      show(fields?.length ? fields : [{ field: 'name', message: wordsOf(error) }]);
    } finally {
      setBusy(false);
    }
  };

  if (request)
    return (
      <EnterCode
        request={request.id}
        minutes={request.minutes}
        mobile={who.mobile}
        to={to}
        again={send}
        back={() => setRequest(undefined)}
      />
    );
  return (
    <form className="stack" onSubmit={send} noValidate>
      <ErrorSummary faults={faults} attempt={attempt} />
      <TextField
        id="name"
        label="姓名"
        autoComplete="name"
        value={who.name}
        onChange={(name) => setWho({ ...who, name })}
        fault={say('name')}
      />
      <TextField
        id="idNumber"
        label="身份证号"
        hint="18位，末尾是X的也要填。港澳台居民填居住证或通行证号码。"
        autoComplete="off"
        maxLength={22}
        value={who.idNumber}
        onChange={(idNumber) => setWho({ ...who, idNumber })}
        fault={say('idNumber')}
      />
      <TextField
        id="mobile"
        label="手机号"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
        value={who.mobile}
        onChange={(mobile) => setWho({ ...who, mobile })}
        fault={say('mobile')}
      />
      <button type="submit" className="button full" aria-disabled={busy}>
        {busy ? '正在发送…' : '获取验证码'}
      </button>
    </form>
  );
}

function EnterCode(props: {
  request: string;
  minutes: number;
  mobile: string;
  to: string;
  again: () => void;
  back: () => void;
}) {
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [busy, setBusy] = useState(false);
  const [wait, setWait] = useState(resendAfter);
  const navigate = useNavigate();
  const queries = useQueryClient();

  useEffect(() => {
    const timer = window.setInterval(() => setWait((seconds) => Math.max(0, seconds - 1)), 1000);
    return () => window.clearInterval(timer);
  }, []);

  const enter = async (event: FormEvent) => {
    event.preventDefault();
    if (!/^\d{6}$/.test(code)) return setFault('请填写短信里的6位数字');
    if (busy) return;
    setBusy(true);
    try {
      await call('signInWithCode', { body: { request: props.request, code } });
      queries.clear();
      await reloadSession();
      navigate(props.to, { replace: true });
    } catch (error) {
      setFault(wordsOf(error));
      setBusy(false);
    }
  };

  return (
    <form className="stack" onSubmit={enter} noValidate>
      <p role="status">
        验证码已发到 <span className="number">{props.mobile}</span>，{props.minutes}分钟内有效。
      </p>
      <TextField
        label="6位验证码"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={6}
        value={code}
        onChange={(text) => setCode(text.replace(/\D/g, ''))}
        fault={fault}
      />
      <button type="submit" className="button full" aria-disabled={busy}>
        {busy ? '正在登录…' : '登录'}
      </button>
      <div className="actions">
        <button
          type="button"
          className="button quiet"
          aria-disabled={wait > 0}
          onClick={() => {
            if (wait > 0) return;
            setWait(resendAfter);
            props.again();
          }}
        >
          {wait > 0 ? `${wait}秒后可重新发送` : '重新发送'}
        </button>
        <button type="button" className="button quiet" onClick={props.back}>
          改手机号
        </button>
      </div>
    </form>
  );
}

interface Who {
  name: string;
  idNumber: string;
  mobile: string;
}

/** Blanks and full-width characters that phones put in are no fault of the person. */
function tidy(who: Who): Who {
  const plain = (text: string) => text.normalize('NFKC').replace(/\s/g, '').toUpperCase();
  return { name: who.name.trim(), idNumber: plain(who.idNumber), mobile: plain(who.mobile) };
}

function check(who: Who): SummaryFault[] {
  const { name, idNumber, mobile } = tidy(who);
  const faults: SummaryFault[] = [];
  if (!name) faults.push({ field: 'name', message: '请填写姓名' });
  if (idNumber.length < 8) faults.push({ field: 'idNumber', message: '请填写完整的身份证号' });
  if (mobile.length < 11) faults.push({ field: 'mobile', message: '请填写11位手机号' });
  return faults;
}
