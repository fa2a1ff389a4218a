import { addDays } from '@yingdeng/rules/calendar.ts';
import { checkYear, daysOfYear, readNamedDays } from '@yingdeng/rules/calendar-year.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Alert, Input } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { useSend } from './form.ts';

/** Adds the year after the last maintained day: the announcement is typed, the week does the rest. */
export function YearDrawer({ lastDay, close }: { lastDay: string; close: () => void }) {
  const year = Number(addDays(lastDay, 1).slice(0, 4));
  const [off, setOff] = useState('');
  const [work, setWork] = useState('');
  const [source, setSource] = useState('');
  const entry = { year, holidays: readNamedDays(off, 'holidays'), makeUp: readNamedDays(work, 'makeUp') };
  const faults = off.trim() === '' ? [] : checkYear(entry, lastDay);
  const { submit, busy, trouble } = useSend(
    (key) => call('addCalendarYear', { body: { ...entry, source }, key }),
    ['calendar'],
    close,
  );
  const ready = off.trim() !== '' && faults.length === 0;
  const working = ready ? daysOfYear(entry).filter((day) => day.working).length : 0;
  const missing = [off.trim() === '' && '放假日期', !source.trim() && '文件'].filter(Boolean);
  return (
    <ActionDrawer
      title={`增加${year}年日历`}
      close={close}
      submit={submit}
      submitText={`增加${year}年`}
      busy={busy}
      trouble={trouble}
      size={560}
      hold={
        faults.length > 0
          ? `有${faults.length}处要改`
          : missing.length > 0
            ? `还没有填：${missing.join('、')}`
            : undefined
      }
      consequence={
        ready && (
          <span role="status">
            全年工作日<b className="num">{working}</b>天：平日放假{entry.holidays.length}天，周末调休上班
            {entry.makeUp.length}天。请与通知核对。
          </span>
        )
      }
    >
      <Field label="放假日期" required hint="一行一个节日，可以写起止；其中的周末自动略去。">
        <Input.TextArea
          autoFocus
          className="num"
          autoSize={{ minRows: 8 }}
          placeholder={`元旦 ${year}0101\n春节 ${year}0205-${year}0211\n……`}
          value={off}
          onChange={(event) => setOff(event.target.value)}
        />
      </Field>
      <Field label="调休上班日期" hint="一行一个节日，可以写几天；没有就不填。">
        <Input.TextArea
          className="num"
          autoSize={{ minRows: 4 }}
          placeholder={`春节 ${year}0130 ${year}0220\n……`}
          value={work}
          onChange={(event) => setWork(event.target.value)}
        />
      </Field>
      {faults.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title="请核对"
          description={
            <ul className="plain">
              {faults.map((fault) => (
                <li key={fault}>{fault}</li>
              ))}
            </ul>
          }
        />
      )}
      <Field label="文件" required hint="国务院办公厅放假通知的文号">
        <Input
          maxLength={100}
          placeholder="国办发明电〔    〕  号"
          value={source}
          onChange={(event) => setSource(event.target.value)}
        />
      </Field>
    </ActionDrawer>
  );
}
