import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useCalendar } from '../../lib/dates.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { DayDrawer } from './calendar-day.tsx';
import { Month } from './calendar-month.tsx';
import { YearDrawer } from './calendar-year.tsx';
import '../../styles/admin.css';

export type CalendarAnswer = Answer<'getCalendar'>;

const months = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/** Fewer days than this and the next year must be added: due dates soon run past the end. */
const WARN_DAYS = 60;

/** 工作日历: the State Council's days off and make-up days, a year at a time. */
export default function CalendarPage() {
  const calendar = useCalendar();
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState<'year' | string>();
  const { data } = calendar;
  const [first, last] = [Number(data?.from.slice(0, 4)), Number(data?.to.slice(0, 4))];
  const asked = Number(query.get('year'));
  const year = asked >= first && asked <= last ? asked : Math.min(Number(data?.today.slice(0, 4)), last);
  const go = (to: number) => to >= first && to <= last && setQuery({ year: String(to) }, { replace: true });
  useShortcuts({ n: () => data && setOpen('year'), '[': () => go(year - 1), ']': () => go(year + 1) });
  return (
    <Page
      title="工作日历"
      hint="按国务院办公厅放假通知维护。办理期限按它计算；没有维护的日子不猜，直接报错。"
      tools={
        data && (
          <Button type="primary" onClick={() => setOpen('year')}>
            增加{last + 1}年
            <span className="key" aria-hidden="true">
              n
            </span>
          </Button>
        )
      }
    >
      {calendar.error && !data ? (
        <Failed error={calendar.error} retry={() => void calendar.refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <Alert
            className="space-below"
            type={data.daysLeft < WARN_DAYS ? 'warning' : 'info'}
            showIcon
            title={`日历维护到 ${data.to}`}
            description={
              data.daysLeft < WARN_DAYS
                ? `只剩${data.daysLeft}天。请在${last + 1}年放假通知印发后尽快增加，否则期限跨年的申请会算不出日期。`
                : undefined
            }
          />
          <div className="year-head">
            <Button disabled={year <= first} onClick={() => go(year - 1)} aria-label={`看${year - 1}年`}>
              ‹
            </Button>
            <h2 className="num" aria-live="polite">
              {year}年
            </h2>
            <Button disabled={year >= last} onClick={() => go(year + 1)} aria-label={`看${year + 1}年`}>
              ›
            </Button>
            <span className="legend">
              <span className="day-off">休</span> 节假日放假
              <span className="day-work">班</span> 调休上班
              <span className="day-weekend">六</span> 周末
            </span>
          </div>
          <div className="months">
            {months.map((month) => (
              <Month key={month} year={year} month={month} calendar={data} pick={setOpen} />
            ))}
          </div>
          <p className="hint">点今天及以后的日子可以更改。已经受理的业务期限不变。</p>
          {open === 'year' && <YearDrawer lastDay={data.to} close={() => setOpen(undefined)} />}
          {open && open !== 'year' && <DayDrawer day={open} calendar={data} close={() => setOpen(undefined)} />}
        </>
      )}
    </Page>
  );
}
