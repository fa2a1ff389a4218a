import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { signOut, useSession } from '../data/session.ts';
import { Failed, Loading, SignedOut } from '../parts/states.tsx';

const tabs = [
  { to: '/my', text: '我的登记' },
  { to: '/my/messages', text: '消息' },
  { to: '/my/looks', text: '谁看过资料' },
] as const;

/** The frame of a person's own pages; says so when nobody, or a clerk, is signed in. */
export function MyFrame({ heading, children }: { heading: string; children: ReactNode }) {
  const session = useSession();
  if (session.isError) return <Failed error={session.error} again={() => void session.refetch()} />;
  if (!session.data) return <Loading />;
  if (!session.data.signedIn) return <SignedOut />;
  if (session.data.kind === 'staff') {
    return (
      <div className="state">
        <h2>这里由劳动者本人办理</h2>
        <p>您现在用的是工作人员账号。请退出后用本人身份登录。</p>
      </div>
    );
  }
  return (
    <div className="wide">
      <div className="column middle stack">
        <h1>{heading}</h1>
        <nav className="switch" aria-label="我的">
          {tabs.map(({ to, text }) => (
            <NavLink key={to} to={to} end>
              {text}
            </NavLink>
          ))}
        </nav>
        {children}
        <p className="sign-out">
          <button type="button" className="button quiet" onClick={() => void signOut()}>
            退出登录
          </button>
        </p>
      </div>
    </div>
  );
}
