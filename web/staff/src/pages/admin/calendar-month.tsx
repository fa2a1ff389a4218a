import { daysInMonth, weekday } from '@yingdeng/rules/calendar.ts';
import type { CalendarAnswer } from './calendar.tsx';

const heads = ['一', '二', '三', '四', '五', '六', '日'];
const two = (number: number) => String(number).padStart(2, '0');

/** What a day is, in one word for the sign and in words for the reader. */
export function dayKind(day: string, { off, work }: Pick<CalendarAnswer, 'off' | 'work'>) {
  const weekend = weekday(day) === 0 || weekday(day) === 6;
  if (work[day] !== undefined) return { kind: 'work', words: `${work[day]}调休上班`, working: true } as const;
  // Weekend days of a holiday may carry its name too.
  if (off[day] !== undefined)
    return { kind: weekend ? 'weekend' : 'off', words: `${off[day]}放假`, working: false } as const;
  return weekend
    ? ({ kind: 'weekend', words: '周末', working: false } as const)
    : ({ kind: 'plain', words: '工作日', working: true } as const);
}

/** One month; days that may still be changed are buttons. */
export function Month({
  year,
  month,
  calendar,
  pick,
}: {
  year: number;
  month: number;
  calendar: CalendarAnswer;
  pick: (day: string) => void;
}) {
  const first = `${year}-${two(month)}-01`;
  const lead = (weekday(first) + 6) % 7;
  const cells = [
    ...Array.from({ length: lead }, () => ''),
    ...Array.from({ length: daysInMonth(year, month) }, (_, index) => `${year}-${two(month)}-${two(index + 1)}`),
  ];
  const weeks = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) => cells.slice(week * 7, week * 7 + 7));
  return (
    <table className="month">
      <caption>{month}月</caption>
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week.find((day) => day !== '')}>
            {week.map((day, index) =>
              day === '' ? <td key={heads[index]} /> : <Day key={day} day={day} calendar={calendar} pick={pick} />,
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ day, calendar, pick }: { day: string; calendar: CalendarAnswer; pick: (day: string) => void }) {
  const { kind, words } = dayKind(day, calendar);
  const number = Number(day.slice(8));
  const today = day === calendar.today;
  const className = `day-${kind}${today ? ' day-today' : ''}`;
  const label = `${Number(day.slice(5, 7))}月${number}日，${words}${today ? '，今天' : ''}`;
  return (
    <td title={words}>
      {day >= calendar.today ? (
        <button type="button" className={className} aria-label={`${label}，更改`} onClick={() => pick(day)}>
          {number}
        </button>
      ) : (
        <span className={className}>
          <span aria-hidden="true">{number}</span>
          <span className="unseen">{label}</span>
        </span>
      )}
    </td>
  );
}
