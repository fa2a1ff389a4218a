import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../session/use-session.ts';
import { type Kind, listAddress } from '../worklists/kinds.ts';

export type Figures = Answer<'getSupervisionFigures'>['total'];
/** Whose figures: an office and below, or a person (`none`: nobody's). */
export type Whose = { office?: string; assigned?: string };

/** A share as it may be said: 100% only when nothing is missing, 0% only when nothing is there. */
export function shareText({ due, kept }: { due: number; kept: number }): string {
  if (due === 0) return '—';
  const tenths = Math.floor((kept * 1000) / due) / 10;
  return `${kept > 0 && tenths === 0 ? '<0.1' : tenths}%`;
}

/** Whether any figure is there at all. */
export function hasAny({ decision, contact, exit, decided, contacted, forbidden }: Figures): boolean {
  return decision.open + contact.open + exit.open + decided.due + contacted.due + forbidden > 0;
}

/** Whether there is something open, missed or blocked: what a supervisor looks at first. */
export function needsEye({ decision, contact, exit, decided, contacted, forbidden }: Figures): boolean {
  const missed = decided.due - decided.kept + contacted.due - contacted.kept;
  return decision.open + contact.open + exit.open + missed + forbidden > 0;
}

/** A figure that opens the list it counts; zero is no link. */
function Count({
  count,
  to,
  tone,
  what,
}: {
  count: number;
  to: string | undefined;
  tone?: 'late' | 'near';
  what: string;
}) {
  if (count === 0) return <span className="quiet num">0</span>;
  const className = `num${tone ? ` tone-${tone}` : ''}`;
  return to ? (
    <Link to={to} className={className} aria-label={`${what}${count}件，打开列表`}>
      {count}
    </Link>
  ) : (
    <span className={className}>{count}</span>
  );
}

/** How due dates were kept; opens those that were not. */
function Share({ kept, to, what }: { kept: Figures['decided']; to: string; what: string }) {
  const missed = kept.due - kept.kept;
  const exact = `${kept.kept}/${kept.due}`;
  const text = (
    <>
      {shareText(kept)}
      {kept.due > 0 && <span className="exact">{exact}</span>}
    </>
  );
  return missed > 0 ? (
    <Link to={to} className="num" aria-label={`${what}${shareText(kept)}，${exact}，打开未按期的${missed}件`}>
      {text}
    </Link>
  ) : (
    <span className="num">{text}</span>
  );
}

export interface FigureCell {
  readonly key: string;
  readonly group: string;
  readonly title: string;
  /** Nothing to count here: a phone leaves it out. */
  readonly nothing: boolean;
  readonly cell: ReactNode;
}

/** How many days it took, the middle one; opens the cases it is of. */
function Took({ took: { done, median }, to, what }: { took: Figures['decisionDays']; to: string; what: string }) {
  if (median === undefined) return <span className="num">—</span>;
  return (
    <Link to={to} className="num" aria-label={`${what}${median}天，共${done}件，打开列表`}>
      {median}天<span className="exact">{done}件</span>
    </Link>
  );
}

/** The address of events of a place or person within the window. */
function eventsAddress(whose: Whose, since: string): string | undefined {
  if (whose.assigned === 'none') return undefined;
  const query = new URLSearchParams({ kind: 'forbiddenGround', since });
  if (whose.office) query.set('office', whose.office);
  if (whose.assigned) query.set('person', whose.assigned);
  return `/supervision?${query}#events`;
}

/** Every figure of one place or person in the order of the table; each leads to its list. */
export function useFigureCells(since: string): (figures: Figures, whose: Whose, name: string) => readonly FigureCell[] {
  const may = useMay();
  return (figures, whose, name) => {
    const list = (kind: Kind, state?: string) =>
      may(kind === 'decision' ? 'application.read' : kind === 'contact' ? 'contact.read' : 'registration.read')
        ? listAddress(kind, { ...whose, state })
        : undefined;
    const missed = (kind: string) => `/supervision/missed?${new URLSearchParams({ kind, ...whose })}`;
    const took = (kind: 'decision' | 'contact') => `/supervision/days?${new URLSearchParams({ kind, ...whose })}`;
    const open = (kind: 'decision' | 'contact', group: string): FigureCell[] => {
      const { late, near, open } = figures[kind];
      const what = (state: string) => `${name}${group}${state}`;
      return [
        {
          key: `${kind}-late`,
          group,
          title: '已逾期',
          nothing: late === 0,
          cell: <Count count={late} to={list(kind, 'late')} tone="late" what={what('已逾期')} />,
        },
        {
          key: `${kind}-near`,
          group,
          title: '将到期',
          nothing: near === 0,
          cell: <Count count={near} to={list(kind, 'near')} tone="near" what={what('将到期')} />,
        },
        {
          key: `${kind}-open`,
          group,
          title: '共待办',
          nothing: open === 0,
          cell: <Count count={open} to={list(kind)} what={what('待办')} />,
        },
      ];
    };
    return [
      ...open('decision', '办结申请'),
      {
        key: 'decided',
        group: '办结申请',
        title: '按期办结率',
        nothing: figures.decided.due === 0,
        cell: <Share kept={figures.decided} to={missed('decision')} what={`${name}按期办结率`} />,
      },
      {
        key: 'decision-days',
        group: '办结申请',
        title: '用时中位数',
        nothing: figures.decisionDays.done === 0,
        cell: <Took took={figures.decisionDays} to={took('decision')} what={`${name}办结用时中位数`} />,
      },
      ...open('contact', '首次联系'),
      {
        key: 'contacted',
        group: '首次联系',
        title: '按期联系率',
        nothing: figures.contacted.due === 0,
        cell: <Share kept={figures.contacted} to={missed('contact')} what={`${name}按期联系率`} />,
      },
      {
        key: 'contact-days',
        group: '首次联系',
        title: '用时中位数',
        nothing: figures.contactDays.done === 0,
        cell: <Took took={figures.contactDays} to={took('contact')} what={`${name}首次联系用时中位数`} />,
      },
      {
        key: 'exit-open',
        group: '退出',
        title: '待处理',
        nothing: figures.exit.open === 0,
        cell: <Count count={figures.exit.open} to={list('exit')} what={`${name}待处理退出`} />,
      },
      {
        key: 'exit-review',
        group: '退出',
        title: '待复核',
        nothing: figures.exit.review === 0,
        cell: <Count count={figures.exit.review} to={list('exit', 'review')} tone="near" what={`${name}待复核退出`} />,
      },
      {
        key: 'forbidden',
        group: '拦截',
        title: '不当理由',
        nothing: figures.forbidden === 0,
        cell: (
          <Count
            count={figures.forbidden}
            to={eventsAddress(whose, since)}
            tone="late"
            what={`${name}被拦下的不当理由`}
          />
        ),
      },
    ];
  };
}
