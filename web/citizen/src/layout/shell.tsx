import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Link, NavLink, useLocation } from 'react-router';
import { signOut, useSession } from '../data/session.ts';
import { icons } from '../parts/icons.tsx';
import { isHighContrast, setHighContrast } from './contrast.ts';
import { canSpeak, readAloud } from './read-aloud.ts';
import { isLargeType, setLargeType } from './type-size.ts';
import { useOnline } from './use-online.ts';

const tabs = [
  { to: '/', text: '首页', icon: icons.home },
  { to: '/apply', text: '申请登记', icon: icons.form },
  { to: '/progress', text: '查进度', icon: icons.search },
  { to: '/my', text: '我的', icon: icons.person },
] as const;

const nav = [
  { to: '/apply', text: '申请登记' },
  { to: '/progress', text: '查进度' },
  { to: '/guide', text: '办理流程' },
  { to: '/institutions', text: '服务机构' },
  { to: '/lists', text: '政策和服务' },
  { to: '/my', text: '我的' },
] as const;

/** Header, page, footer; large type and reading aloud; says when there is no network. */
export function Shell({ children }: { children: ReactNode }) {
  const { pathname } = useLocation();
  const page = useRef<HTMLElement>(null);
  const first = useRef(true);
  const online = useOnline();
  const session = useSession();

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page starts at its top, also for who listens to it.
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    page.current?.focus({ preventScroll: true });
  }, [pathname]);

  return (
    <div className="frame">
      <a className="skip" href="#page">
        跳到正文
      </a>
      <header className="top">
        <div className="wide top-row">
          <Link className="mark" to="/">
            <Mark />
            <span>
              <strong>失业登记</strong>
              <small>公共就业服务</small>
            </span>
          </Link>
          <nav className="top-nav" aria-label="主要栏目">
            {nav.map(({ to, text }) => (
              <NavLink key={to} to={to}>
                {text}
              </NavLink>
            ))}
          </nav>
          <div className="top-tools">
            <LargeTypeButton />
            <ContrastButton />
            {canSpeak && <ReadAloudButton page={page} />}
            <Who signedIn={session.data?.signedIn ?? false} name={session.data?.name} />
          </div>
        </div>
      </header>
      <div aria-live="polite">
        {session.data?.demo && <p className="strip demo">演示系统，资料都是虚构的</p>}
        {!online && (
          <p className="strip offline">
            <span className="wide" style={{ display: 'block' }}>
              {pathname === '/check-exits'
                ? '网络断开了，不影响核对文件。'
                : '网络断开了。已填写的内容保存在本机，联网后会接着保存。'}
            </span>
          </p>
        )}
      </div>
      <main id="page" ref={page} tabIndex={-1} className={pathname === '/' ? 'home' : undefined}>
        {children}
      </main>
      <Foot />
      <nav className="tabs" aria-label="底部栏目">
        {tabs.map(({ to, text, icon }) => (
          <NavLink key={to} to={to} end={to === '/'}>
            {icon}
            {text}
          </NavLink>
        ))}
      </nav>
    </div>
  );
}

function Mark() {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="#0c5a62" />
      <path
        d="M8 23.5h16M10.5 23.5V9.5h8.5v14M13.8 16.5l2.2 2.2 6.5-7"
        fill="none"
        stroke="#fff"
        strokeWidth="2.2"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

function LargeTypeButton() {
  const [large, setLarge] = useState(isLargeType);
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={large}
      onClick={() => {
        setLargeType(!large);
        setLarge(!large);
      }}
    >
      大字
    </button>
  );
}

function ContrastButton() {
  const [high, setHigh] = useState(isHighContrast);
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={high}
      aria-label="高对比"
      title="高对比：黑白分明，线条加粗"
      onClick={() => {
        setHighContrast(!high);
        setHigh(!high);
      }}
    >
      {icons.contrast}
      <span className="only-wide">高对比</span>
    </button>
  );
}

function ReadAloudButton({ page }: { page: { current: HTMLElement | null } }) {
  const { pathname } = useLocation();
  const [stop, setStop] = useState<(() => void) | undefined>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: leaving the page ends the reading of it.
  useEffect(
    () => () => {
      window.speechSynthesis.cancel();
      setStop(undefined);
    },
    [pathname],
  );
  return (
    <button
      type="button"
      className="tool"
      aria-pressed={stop !== undefined}
      onClick={() => {
        if (stop) {
          stop();
          setStop(undefined);
        } else if (page.current) {
          const end = readAloud(page.current, () => setStop(undefined));
          setStop(() => end);
        }
      }}
    >
      朗读
    </button>
  );
}

function Who({ signedIn, name }: { signedIn: boolean; name: string | undefined }) {
  const { pathname } = useLocation();
  if (!signedIn) {
    if (pathname === '/sign-in') return null;
    return (
      <Link className="tool" to={`/sign-in?to=${encodeURIComponent(pathname === '/' ? '/my' : pathname)}`}>
        登录
      </Link>
    );
  }
  return (
    <>
      <Link className="tool only-wide" to="/my">
        {name ?? '我的'}
      </Link>
      <button type="button" className="tool only-wide" onClick={() => void signOut()}>
        退出登录
      </button>
    </>
  );
}

function Foot() {
  return (
    <footer className="foot">
      <div className="wide foot-grid">
        <section>
          <h2>不会填？打电话问</h2>
          <a className="dial number" href="tel:12333">
            12333
          </a>
          <p className="soft">人力资源社会保障服务热线，把手机上的问题讲给工作人员听就行。</p>
        </section>
        <section>
          <h2>也可以到窗口办</h2>
          <p className="soft">公共就业服务机构、街道（乡镇）、社区（村）都能办，带上身份证或社会保障卡。</p>
          <Link to="/institutions">查地址和电话</Link>
        </section>
        <section>
          <h2>其他</h2>
          <Link to="/guide">办理流程</Link>
          <Link to="/lists">政策和服务清单</Link>
          <Link to="/verify">核验登记凭证</Link>
          <Link to="/check-exits">核对退出数据文件</Link>
        </section>
      </div>
    </footer>
  );
}
