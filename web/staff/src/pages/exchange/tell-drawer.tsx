import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, InputNumber } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import type { Target } from './back-load.tsx';

/** How far an upload has come at a system that has no connection to this one (H122-3c). */
export function TellDrawer({ target, close }: { target: Target; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const today = useToday();
  const [wanted, setWanted] = useState<number | null>(target.progress?.wanted ?? null);
  const [there, setThere] = useState<number | null>(target.progress?.there ?? null);
  const [asOf, setAsOf] = useState(today);
  const tell = useMutation({
    mutationFn: () => {
      const body = { to: target.to, by: target.by, wanted: wanted ?? 0, there: there ?? 0, asOf };
      return call('tellBackLoad', { body, key: keyFor(body) });
    },
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['back-loads'] });
      message.success(answer.message);
      close();
    },
    onError: refused,
  });
  return (
    <ActionDrawer
      title={`填写进度：${target.toText}，${target.by}前`}
      close={close}
      submit={() => tell.mutate()}
      submitText="保存"
      busy={tell.isPending}
      trouble={tell.error ? troubleOf(tell.error) : undefined}
      hold={wanted === null ? '还没有填应办理人数' : there === null ? '还没有填已办理人数' : undefined}
      consequence="每次填写都保留，以最后一次为准。"
      size={460}
    >
      <Field label="应办理人数" required hint={`${target.since ? `${target.since}以来` : ''}${target.whomText}`}>
        <InputNumber min={1} precision={0} value={wanted} onChange={setWanted} style={{ width: 180 }} />
      </Field>
      <Field label="已办理人数" required hint={`${target.toText}里已有的人数`}>
        <InputNumber min={0} precision={0} value={there} onChange={setThere} style={{ width: 180 }} />
      </Field>
      <Field label="截至日期" required>
        <DateField value={asOf} onChange={setAsOf} />
      </Field>
    </ActionDrawer>
  );
}
