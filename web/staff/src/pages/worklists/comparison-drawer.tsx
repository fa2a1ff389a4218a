import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type Source, sources } from '@yingdeng/rules/verification.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { ComparisonRuns } from './comparison-runs.tsx';

/** 记信息比对: whom the data shows unchanged is followed up for the month; whom it shows otherwise is contacted (A21-5b). */
export function ComparisonDrawer({ office, close }: { office: string; close: () => void }) {
  const today = useToday();
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [source, setSource] = useState<Source>('socialInsurance');
  const [asOf, setAsOf] = useState(today);
  const [numbers, setNumbers] = useState('');
  const recording = useMutation({
    mutationFn: (body: Body<'recordComparison'>) => call('recordComparison', { body }),
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['follow-ups'] });
      void cache.invalidateQueries({ queryKey: ['coverage'] });
      void cache.invalidateQueries({ queryKey: ['comparisons'] });
      message.success(answer.message);
      close();
    },
  });
  const except = numbers.split(/[\s,，、；;]+/).filter(Boolean);
  return (
    <ActionDrawer
      title="记信息比对"
      close={close}
      busy={recording.isPending}
      {...(recording.error ? { trouble: troubleOf(recording.error) } : {})}
      submit={() => recording.mutate({ ...(office ? { office } : {}), source, asOf, except })}
      submitText="没有变化的计入跟踪"
      hold={asOf === '' ? '请写明数据日期' : undefined}
      consequence={`${except.length > 0 ? `有变化的${except.length}人不计入，请联系本人核实；` : ''}其余到期的人记为“信息比对，没有变化”。`}
    >
      <Field label="与哪里的数据比对" required>
        <Select
          value={source}
          onChange={setSource}
          options={(Object.keys(sources) as Source[]).map((value) => ({ value, label: sources[value] }))}
        />
      </Field>
      <Field label="数据日期" required hint="本月或上个月的；计入这一天所在的月份。">
        <DateField value={asOf} onChange={setAsOf} />
      </Field>
      <Field label="有变化的登记编号" hint="每行一个，不计入跟踪；没有就不填。">
        <Input.TextArea rows={4} className="num" value={numbers} onChange={(event) => setNumbers(event.target.value)} />
      </Field>
      <ComparisonRuns office={office} />
    </ActionDrawer>
  );
}
