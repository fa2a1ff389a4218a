import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, Button, Drawer } from 'antd';
import { Suspense, useEffect, useRef, useState } from 'react';
import { Navigate, NavLink, Outlet, useLocation, useNavigate } from 'react-router';
import { useNarrow } from '../lib/media.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { AlarmCount } from '../pages/exchange/alarm-count.tsx';
import { forgetField, forgetFieldOfOthers, keptForAnother, unsentNotes } from '../pages/field/forget.ts';
import { Failed, Forbidden, Loading } from '../parts/states.tsx';
import { type Session, sessionKey, useSession } from '../session/use-session.ts';
import { menuFor } from './menu.ts';
import { ShortcutsHelp } from './shortcuts-help.tsx';

/** The frame of every page behind the sign-in: who is here, the menu, the page. */
export function Shell() {
  const { data, error, refetch } = useSession();
  const { pathname, search } = useLocation();
  if (error) return <Failed whole error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (!data.signedIn) return <Navigate to={`/sign-in?back=${encodeURIComponent(pathname + search)}`} replace />;
  if (data.kind !== 'staff')
    return (
      <main className="page">
        <Forbidden whole why="这里是工作人员使用的经办台。您登录的是劳动者账号。" />
      </main>
    );
  return <Frame session={data} />;
}

function Frame({ session }: { session: Session }) {
  const narrow = useNarrow();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { pathname } = useLocation();
  const [menuOpen, setMenuOpen] = useState(false);
  const [helpOpen, setHelpOpen] = useState(false);
  const main = useRef<HTMLElement>(null);
  const signOut = useMutation({
    mutationFn: () => call('signOut', {}),
    onSettled: () => {
      // Another's notes that were never sent are not this person's to lose.
      if (!keptForAnother(session.account)) forgetField();
      cache.clear();
      cache.setQueryData(sessionKey, { signedIn: false, demo: session.demo, demoPage: session.demoPage });
      navigate('/sign-in', { replace: true });
    },
  });
  const { modal } = App.useApp();
  const leave = () => {
    const unsent = keptForAnother(session.account) ? 0 : unsentNotes();
    if (unsent === 0) return signOut.mutate();
    modal.confirm({
      title: `本机还有${unsent}条外出记录没有发送`,
      content: '退出系统会从本机删除这些记录，找不回来。可以先到“外出走访”联网发送。',
      okText: '删除并退出',
      okButtonProps: { danger: true },
      cancelText: '先不退出',
      onOk: () => signOut.mutate(),
    });
  };
  const { account } = session;
  useEffect(() => {
    if (account) forgetFieldOfOthers(account);
  }, [account]);
  const first = useRef(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs once for each page.
  useEffect(() => {
    setMenuOpen(false);
    // A new page starts at its top, for the eye and for a screen reader; the first one is left to the browser.
    if (!first.current) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
    first.current = false;
  }, [pathname]);
  useShortcuts({ '?': () => setHelpOpen(true) });
  const nav = <Menu actions={session.actions ?? []} />;
  return (
    <div className="shell">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="bar">
        {narrow && (
          <Button
            type="text"
            aria-label="打开菜单"
            aria-expanded={menuOpen}
            className="bar-menu"
            onClick={() => setMenuOpen(true)}
          >
            菜单
          </Button>
        )}
        <NavLink to="/" className="brand">
          应登<span>经办台</span>
        </NavLink>
        <div className="bar-who">
          <span className="bar-office">{session.office?.officeName}</span>
          <span>
            {session.name}
            <span className="bar-role">{session.roleText}</span>
          </span>
          {!narrow && (
            <Button type="text" size="small" onClick={() => setHelpOpen(true)}>
              快捷键
              <span className="key" aria-hidden="true">
                ?
              </span>
            </Button>
          )}
          <Button type="text" size="small" loading={signOut.isPending} onClick={leave}>
            退出系统
          </Button>
        </div>
      </header>
      {narrow ? (
        <Drawer open={menuOpen} onClose={() => setMenuOpen(false)} placement="left" size={248} title="菜单">
          {nav}
        </Drawer>
      ) : (
        <div className="side">{nav}</div>
      )}
      <main id="main" ref={main} tabIndex={-1}>
        <Suspense fallback={<Loading />}>
          <Outlet />
        </Suspense>
      </main>
      <ShortcutsHelp open={helpOpen} close={() => setHelpOpen(false)} />
    </div>
  );
}

function Menu({ actions }: { actions: readonly string[] }) {
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: where the mark stands follows the address.
  useEffect(() => {
    nav.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest' });
  }, [pathname]);
  return (
    <nav aria-label="主菜单" className="menu" ref={nav}>
      {menuFor(actions).map(({ title, entries }) => (
        <div key={title}>
          <p className="menu-title">{title}</p>
          <ul>
            {entries.map(({ to, text }) => (
              <li key={to}>
                <NavLink to={to} end={to === '/'}>
                  {text}
                  {to === '/exchange' && actions.includes('exchange.send') && <AlarmCount />}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
