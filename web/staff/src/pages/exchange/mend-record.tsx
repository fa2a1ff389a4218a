import { useMutation, useQueryClient } from '@tanstack/react-query';
import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { Faults } from './faults.tsx';
import type { ToMend } from './to-mend.tsx';

type Values = ToMend['values'] & { documentNumber: string };

const options = (table: Readonly<Record<string, string>>, only?: readonly string[]) =>
  Object.entries(table)
    .filter(([value]) => !only || only.includes(value))
    .map(([value, label]) => ({ value, label: `${value} ${label}` }));

/** 更正: the fields of the record, those at fault named first; what is left as it is stays. */
export function MendRecord({ item, close }: { item: ToMend; close: () => void }) {
  const cache = useQueryClient();
  const keys = useRequestKey();
  const { message } = App.useApp();
  const before: Values = { ...item.values, documentNumber: '' };
  const [values, setValues] = useState(before);
  const [reason, setReason] = useState('');
  const action = useMutation({
    mutationFn: (body: Body<'mendExitRecord'>) =>
      call('mendExitRecord', { params: { id: item.exitId }, body, key: keys.keyFor(body) }),
    onError: keys.refused,
    onSuccess: async (answer) => {
      void message.success(answer.message);
      await cache.invalidateQueries({ queryKey: ['to-mend'] });
      await cache.invalidateQueries({ queryKey: ['case'] });
      close();
    },
  });
  const changed = (Object.keys(values) as (keyof Values)[]).filter((name) => values[name] !== before[name]);
  const set = (name: keyof Values) => (value: string) => setValues((now) => ({ ...now, [name]: value }));
  const faultOf = (name: keyof Values) => item.faults.find(({ mendField }) => mendField === name)?.message;
  const noField = item.faults.filter(({ mendField }) => !mendField);
  const text = (name: 'name' | 'documentNumber' | 'handler', label: string, max: number, hint?: string) => (
    <Field label={label} fault={values[name] === before[name] ? faultOf(name) : undefined} hint={hint}>
      <Input maxLength={max} value={values[name]} onChange={(event) => set(name)(event.target.value)} />
    </Field>
  );
  return (
    <ActionDrawer
      title={`更正${item.name}的退出记录`}
      close={close}
      submit={() =>
        action.mutate({ ...Object.fromEntries(changed.map((name) => [name, values[name]])), reason: reason.trim() })
      }
      submitText={changed.length > 0 ? '更正并重新上传' : '原样重新上传'}
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      hold={
        changed.length === 0 && item.state === 'blocked'
          ? '请改正有误的内容'
          : reason.trim().length < 2
            ? '请写明依据'
            : undefined
      }
      consequence={
        <>
          按原流水号<span className="num">{item.serial}</span>自动重新上传；新旧内容都留存。
        </>
      }
    >
      {noField.length > 0 && (
        <div className="aside-warn">
          <Faults faults={noField} />
        </div>
      )}
      {text('name', '姓名', 50)}
      <Field label="性别" fault={values.sex === before.sex ? faultOf('sex') : undefined}>
        <Select value={values.sex} onChange={set('sex')} options={options(codeTables.sex.values, ['1', '2', '9'])} />
      </Field>
      <Field label="证件类型" fault={values.documentType === before.documentType ? faultOf('documentType') : undefined}>
        <Select
          value={values.documentType}
          onChange={set('documentType')}
          options={options(codeTables.identityDocument.values)}
        />
      </Field>
      {text('documentNumber', '证件号码', 22, '不显示原号码；不改就不填')}
      <Field label="退出日期" fault={values.exitOn === before.exitOn ? faultOf('exitOn') : undefined}>
        <DateField value={values.exitOn} onChange={(value) => set('exitOn')(value || before.exitOn)} />
      </Field>
      {text('handler', '经办人', 20, '只能更正空格和全角字符')}
      <FreeText
        label="备注"
        max={100}
        rows={2}
        value={values.remark}
        onChange={set('remark')}
        fault={values.remark === before.remark ? faultOf('remark') : undefined}
      />
      <FreeText
        label="更正依据"
        required
        max={200}
        rows={2}
        value={reason}
        onChange={setReason}
        hint="例：核对本人证件"
      />
    </ActionDrawer>
  );
}
