import type { Calendar } from '@yingdeng/rules/calendar.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Tooltip } from 'antd';
import { dueWords, useCalendar, useToday } from '../lib/dates.ts';

export type DueDate = Answer<'getApplicationCase'>['application']['due'];

type State = 'open' | 'near' | 'late' | 'met';

/** A due date in a list: the day and what it means today, in words first and in colour second. `calendar` is one taken along. */
export function Due({ on, state, calendar }: { on: string | undefined; state: State; calendar?: Calendar }) {
  const today = useToday();
  const { data } = useCalendar();
  if (!on) return <span className="quiet">无期限</span>;
  return (
    <span className={`due due-${state}`}>
      <span className="num">{on}</span>
      <span className="due-words">{state === 'met' ? '已按期办理' : dueWords(on, today, data ?? calendar)}</span>
    </span>
  );
}

/** A due date that says where it comes from: document and clause on hover and on focus. */
export function DueWithClause({ due, note }: { due: DueDate; note?: string }) {
  const { citation, workingDays, from } = due;
  const source = `${citation.document} ${citation.clause}`;
  const counted = workingDays === undefined ? '' : `自${from}起${workingDays}个工作日，起算当天不算。`;
  return (
    <Tooltip
      title={
        <>
          {counted}
          <br />
          依据：{source}
          {note && (
            <>
              <br />
              {note}
            </>
          )}
        </>
      }
    >
      <button type="button" className="due-clause" aria-label={`期限${due.on}，${counted}依据：${source}`}>
        <Due on={due.on} state={due.state} />
      </button>
    </Tooltip>
  );
}
