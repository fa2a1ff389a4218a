import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText, shortDayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Cite } from './cite.tsx';
import { icons } from './icons.tsx';

/** A due date as the interface gives it. */
export type Due = Answer<'submitApplication'>['due'];

/** The day, and for a deadline of working days on demand how it was counted, day by day, with the clause. */
export function DueLine({ on, due }: { on: string; due?: Due }) {
  const [open, setOpen] = useState(false);
  return (
    <div>
      <p>
        最晚 <strong className="keep">{dayText(on)}</strong>
        {due?.state === 'late' && '，现在已经超过'}
      </p>
      {due?.workingDays !== undefined && (
        <details onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary className="how">怎么算的</summary>
          {open && <Counted from={due.from} workingDays={due.workingDays} citation={due.citation} />}
        </details>
      )}
    </div>
  );
}

function Counted({ from, workingDays, citation }: { from: string; workingDays: number; citation: Due['citation'] }) {
  const days = useQuery({
    queryKey: ['working-days', from, workingDays],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => call('explainDue', { query: { from, workingDays }, signal }),
  });
  if (days.isPending) return <p className="soft">正在计算…</p>;
  if (days.isError) return <p className="soft">现在算不出来，请稍后再看。</p>;
  return (
    <div className="stack tight">
      <ol className="days">
        {days.data.days.map(({ date, counted, why }) => (
          <li key={date} className={counted ? 'counted' : undefined}>
            <span>{counted ? icons.check : null}</span>
            <span className="keep">{shortDayText(date)}</span>
            <span>{why}</span>
          </li>
        ))}
      </ol>
      <p className="small soft">
        周末和节假日不算，调休上班的日子算。 <Cite document={citation.document} clause={citation.clause} />
      </p>
    </div>
  );
}
