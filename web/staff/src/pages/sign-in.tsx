import { Navigate, useNavigate, useSearchParams } from 'react-router';
import { sessionEnded } from '../lib/session-ended.ts';
import { useTitle } from '../lib/title.ts';
import { SignInForm } from '../session/sign-in-form.tsx';
import { useSession } from '../session/use-session.ts';

/** Only a path of our own is gone back to. */
const safe = (back: string | null) => (back?.startsWith('/') && !back.startsWith('//') ? back : '/');

export default function SignIn() {
  useTitle('登录');
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const { data } = useSession();
  const back = safe(query.get('back'));
  if (data?.signedIn && data.kind === 'staff') return <Navigate to={back} replace />;
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="brand">
          应登<span>经办台</span>
        </p>
        <h1>工作人员登录</h1>
        <SignInForm
          demoPage={data?.demoPage}
          done={() => {
            sessionEnded.set(false);
            navigate(back, { replace: true });
          }}
        />
        <p className="hint">劳动者办理失业登记，请到{<a href="/">网上服务大厅</a>}。</p>
      </div>
    </main>
  );
}
