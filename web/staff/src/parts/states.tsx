import { Button, Spin } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { troubleOf } from '../lib/refusal.ts';

/** A page or a box that is being fetched. */
export function Loading({ what = '正在读取' }: { what?: string }) {
  return (
    <div className="state" role="status">
      <Spin size="small" /> <span>{what}…</span>
    </div>
  );
}

/** Nothing to show, and what that means. `whole`: it stands for the page. */
export function Empty({ title, whole, children }: { title: string; whole?: boolean; children?: ReactNode }) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div className="state state-empty">
      <Title className="state-title">{title}</Title>
      {children && <p>{children}</p>}
    </div>
  );
}

/** The server refused or did not answer. */
export function Failed({ error, retry, whole }: { error: unknown; retry?: () => void; whole?: boolean }) {
  const Title = whole ? 'h1' : 'p';
  const trouble = troubleOf(error);
  if (trouble.status === 403) return <Forbidden why={trouble.message} whole={whole} />;
  if (trouble.status === 404)
    return (
      <Empty title="没有找到" whole={whole}>
        可能编号有误，或者不在您的管辖范围内。<Link to="/people">去查人</Link>
      </Empty>
    );
  return (
    <div className="state state-error" role="alert">
      <Title className="state-title">没有读到数据</Title>
      <p>{trouble.message}</p>
      {retry && (
        <Button size="small" onClick={retry}>
          再试一次
        </Button>
      )}
    </div>
  );
}

/** The account has no right to this page. */
export function Forbidden({ why, whole }: { why: string; whole?: boolean }) {
  const Title = whole ? 'h1' : 'p';
  return (
    <div className="state state-empty" role="alert">
      <Title className="state-title">您没有这个页面的权限</Title>
      <p>{why}</p>
      <p>
        <Link to="/">回到今日</Link>
      </p>
    </div>
  );
}

/** An address that is none. */
export function NotFound() {
  return (
    <div className="page">
      <Empty title="没有这个页面" whole>
        请核对网址，或者<Link to="/">回到今日</Link>。
      </Empty>
    </div>
  );
}
