import type { ReactNode } from 'react';
import { useTitle } from '../lib/title.ts';

/** Head of a page: its one h1, a line of explanation where needed, and what can be done here. */
export function Page({
  title,
  hint,
  tools,
  wide = true,
  children,
}: {
  title: string;
  hint?: ReactNode;
  tools?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  useTitle(title);
  return (
    <div className={wide ? 'page' : 'page page-narrow'}>
      <div className="page-head">
        <div>
          <h1>{title}</h1>
          {hint && <p className="hint">{hint}</p>}
        </div>
        {tools && <div className="page-tools">{tools}</div>}
      </div>
      {children}
    </div>
  );
}

/** A box with a heading. `level` keeps the outline right. */
export function Box({
  title,
  tools,
  id,
  children,
}: {
  title: ReactNode;
  tools?: ReactNode;
  id?: string;
  children: ReactNode;
}) {
  return (
    <section className="box" id={id} aria-labelledby={id ? `${id}-title` : undefined}>
      <div className="box-head">
        <h2 id={id ? `${id}-title` : undefined}>{title}</h2>
        {tools && <div className="box-tools">{tools}</div>}
      </div>
      {children}
    </section>
  );
}
