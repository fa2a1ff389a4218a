import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import type { ReactNode } from 'react';
import { type Due, DueLine } from './due.tsx';
import { icons } from './icons.tsx';
import { isOver } from './over.ts';

/** What a worker is told about a case. */
export type WorkerStatus = Answer<'enquireProgress'>['status'];

/** What happened, what you do, what we do, by when: the same four questions for every state. */
export function StatusCard({
  status,
  above,
  due,
  children,
}: {
  status: WorkerStatus;
  /** A line over the heading, such as the number. */
  above?: ReactNode;
  due?: Due;
  children?: ReactNode;
}) {
  const by = status.byWhen ?? (due && due.state !== 'met' ? due.on : undefined);
  return (
    <article className="card status">
      <header className={isOver(status) ? 'status-head ended' : 'status-head'}>
        {above && <div className="small">{above}</div>}
        <h2 className="status-title">{status.heading}</h2>
      </header>
      <div className="status-body">
        <dl className="status-parts">
          <Part name="发生了什么" icon={icons.flag} text={status.whatHappened} />
          <Part name="您要做什么" icon={icons.hand} text={status.whatYouDo} todo />
          <Part name="我们在做什么" icon={icons.office} text={status.whatWeDo} />
          {by && (
            <Part name="什么时候前" icon={icons.clock}>
              <DueLine on={by} due={due?.on === by && due.state !== 'met' ? due : undefined} />
            </Part>
          )}
        </dl>
        {children}
      </div>
    </article>
  );
}

function Part({
  name,
  icon,
  text,
  todo,
  children,
}: {
  name: string;
  icon: ReactNode;
  text?: string;
  todo?: boolean;
  children?: ReactNode;
}) {
  if (!text && !children) return null;
  return (
    <div className={todo ? 'todo' : undefined}>
      <dt>
        {icon}
        {name}
      </dt>
      <dd>
        {text}
        {children}
      </dd>
    </div>
  );
}
