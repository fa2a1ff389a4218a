import { weekday } from '@yingdeng/rules/calendar.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Input, Radio } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import type { CalendarAnswer } from './calendar.tsx';
import { dayKind } from './calendar-month.tsx';
import { useSend } from './form.ts';

const weekdays = ['日', '一', '二', '三', '四', '五', '六'];

/** Changes one day, with a reason. */
export function DayDrawer({ day, calendar, close }: { day: string; calendar: CalendarAnswer; close: () => void }) {
  const is = dayKind(day, calendar);
  const [working, setWorking] = useState(is.working);
  const [name, setName] = useState(calendar.off[day] ?? calendar.work[day] ?? '');
  const [reason, setReason] = useState('');
  const weekend = weekday(day) === 0 || weekday(day) === 6;
  // A day that departs from the ordinary week needs the holiday's name.
  const named = weekend === working;
  const { submit, busy, trouble, fault } = useSend(
    () => call('changeCalendarDay', { body: { date: day, working, name: named ? name : '', reason } }),
    ['calendar'],
    close,
  );
  const missing = [named && !name.trim() && '节日名称', reason.trim().length < 2 && '依据'].filter(Boolean);
  return (
    <ActionDrawer
      title={`更改 ${day}（星期${weekdays[weekday(day)]}）`}
      close={close}
      submit={submit}
      submitText="保存"
      busy={busy}
      trouble={trouble}
      size={440}
      hold={missing.length > 0 ? `还没有填：${missing.join('、')}` : undefined}
      consequence="马上按新日历计算期限；已经受理的业务期限不变。"
    >
      <p>现在是：{is.words}</p>
      <Group legend="改为" required>
        <Radio.Group
          className="choices"
          value={working}
          options={[
            { value: true, label: '上班' },
            { value: false, label: '休息' },
          ]}
          onChange={(event) => setWorking(event.target.value)}
        />
      </Group>
      {named && (
        <Field label="节日名称" required fault={fault('name')} hint={working ? '为哪个节日调休' : '什么节日放假'}>
          <Input maxLength={20} value={name} onChange={(event) => setName(event.target.value)} />
        </Field>
      )}
      <Field label="依据" required fault={fault('reason')} hint="通知的名称和文号，写入操作记录。">
        <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
