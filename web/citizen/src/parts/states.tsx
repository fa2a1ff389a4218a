import { ApiError } from '@yingdeng/web-shared/api.ts';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'react-router';
import { icons } from './icons.tsx';

/** Something is on its way. */
export function Loading({ what = '正在读取' }: { what?: string }) {
  return (
    <div className="state" role="status">
      <div className="spinner" aria-hidden="true" />
      <p>{what}，请稍候…</p>
    </div>
  );
}

/** Nothing is there, and why that may be so. */
export function Empty({ heading, children, icon = 'list', first }: EmptyProps) {
  const Heading = first ? 'h1' : 'h2';
  return (
    <div className="state">
      {icons[icon]}
      <Heading>{heading}</Heading>
      {children}
    </div>
  );
}
interface EmptyProps {
  heading: string;
  children?: ReactNode;
  icon?: keyof typeof icons;
  /** The page says nothing else: this is its heading. */
  first?: boolean;
}

/** It did not work: what the server said, and one thing to do. */
export function Failed({ error, again }: { error: unknown; again?: () => void }) {
  if (error instanceof ApiError && error.status === 401) return <SignedOut />;
  const offline = error instanceof ApiError && error.offline;
  return (
    <div className="state" role="alert">
      {offline ? icons.cloudOff : icons.alert}
      <h2>{offline ? '现在连不上网' : '没有打开成功'}</h2>
      <p>{offline ? '请检查手机网络，再点下面的按钮。' : wordsOf(error)}</p>
      {again && (
        <button type="button" className="button plain" onClick={again}>
          再试一次
        </button>
      )}
    </div>
  );
}

/** The page is about the person, and nobody is signed in. */
export function SignedOut() {
  const { pathname } = useLocation();
  return (
    <div className="state">
      {icons.person}
      <h1>请先登录</h1>
      <p>登录后才能看到您本人的申请和登记。</p>
      <Link className="button big" to={`/sign-in?to=${encodeURIComponent(pathname)}`}>
        去登录
      </Link>
      <Link to="/progress">不登录，用受理编号查进度</Link>
    </div>
  );
}

/** What a failure says to the person. */
export function wordsOf(error: unknown): string {
  return error instanceof ApiError ? error.message : '系统出错了，请稍后再试。';
}
