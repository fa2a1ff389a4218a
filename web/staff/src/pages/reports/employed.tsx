import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import type { Sheet } from './report.tsx';

/** The urban employed of a month: entered with date, source and method, never derived (M79-10b). */
export function Employed({ sheet, close }: { sheet: Sheet; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const { division, month } = sheet.head;
  const [given, setGiven] = useState({
    kind: sheet.denominator?.kind ?? ('estimated' as const),
    value: sheet.denominator?.value ?? (null as number | null),
    asOf: sheet.denominator?.asOf ?? '',
    source: sheet.denominator?.source ?? '',
    method: sheet.denominator?.method ?? '',
    uncertainty: sheet.denominator?.uncertainty ?? (null as number | null),
  });
  const put = (part: Partial<typeof given>) => setGiven({ ...given, ...part });
  const { value, asOf, uncertainty } = given;
  const lacking =
    value === null
      ? '人数'
      : !asOf
        ? '数据日期'
        : !given.source.trim()
          ? '来源'
          : !given.method.trim()
            ? '口径和方法'
            : '';
  const enter = useMutation({
    mutationFn: () =>
      call('enterUrbanEmployed', {
        params: { division, month },
        body: { ...given, value: value ?? 0, uncertainty: uncertainty ?? 0 },
        key: keyFor([division, month, given]),
      }),
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['report'] });
      message.success(answer.message);
      close();
    },
    onError: refused,
  });
  return (
    <ActionDrawer
      title="填写期末城镇从业人员"
      close={close}
      submit={() => enter.mutate()}
      submitText="保存"
      busy={enter.isPending}
      trouble={enter.error ? troubleOf(enter.error) : undefined}
      hold={lacking ? `还没有填${lacking}` : undefined}
      consequence="每次填写都保留，以最后一次为准；封存后不再改。"
    >
      <p className="aside-warn">{sheet.warning}</p>
      <Group legend="数据性质" required>
        <Radio.Group value={given.kind} onChange={(event) => put({ kind: event.target.value })}>
          <Radio value="reported">本期上报数</Radio>
          <Radio value="estimated">按上年末数测算</Radio>
        </Radio.Group>
      </Group>
      <Field label="人数" required>
        <InputNumber
          min={1}
          precision={0}
          value={value}
          onChange={(next) => put({ value: next })}
          style={{ width: 200 }}
        />
      </Field>
      <Field label="数据日期" required hint="这个数说的是哪一天的情况。">
        <DateField value={asOf} onChange={(next) => put({ asOf: next })} />
      </Field>
      <Field label="来源" required hint="哪个部门、哪份报表或公报。">
        <Input maxLength={200} value={given.source} onChange={(event) => put({ source: event.target.value })} />
      </Field>
      <Field label="口径和方法" required hint="怎样统计的；测算的写明按哪一年的数、怎样推算。">
        <Input.TextArea
          rows={2}
          maxLength={400}
          value={given.method}
          onChange={(event) => put({ method: event.target.value })}
        />
      </Field>
      <Field label="可能的误差（%）" hint="测算数必须填写，登记失业率据此给出上下限。">
        <InputNumber min={0} max={50} step={0.5} value={uncertainty} onChange={(next) => put({ uncertainty: next })} />
      </Field>
    </ActionDrawer>
  );
}
