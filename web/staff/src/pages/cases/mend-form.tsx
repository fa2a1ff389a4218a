import { codeTables, formReasons } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DivisionSelect } from '../../parts/division-select.tsx';
import { Field } from '../../parts/field.tsx';
import { type CaseFile, useCaseAction } from './model.ts';
import type { Side } from './platform-side.tsx';

type Given = Body<'amendApplication'>;
type Form = NonNullable<Given['form']>;
type Address = { division: string; detail: string };

const coded: Readonly<Record<string, keyof typeof codeTables>> = {
  sex: 'sex',
  ethnic: 'ethnic',
  political: 'political',
  education: 'education',
  health: 'health',
  documentType: 'identityDocument',
  registrationPlace: 'registrationPlace',
};

/** What the worker said about each faulty field; the rest of the form stays as it is. Ctrl+Enter sends it. */
export function MendForm({ file, faults, close }: { file: CaseFile; faults: Side['faults']; close: () => void }) {
  const { id, version, form: stored } = file.application;
  const mendable = faults.filter(
    ({ field }) => field !== 'idNumber' && field !== 'disability' && field !== 'placeDivision',
  );
  const [texts, setTexts] = useState<Readonly<Record<string, string>>>({});
  const [addresses, setAddresses] = useState<Readonly<Record<string, Address>>>({});
  const [note, setNote] = useState('');
  const action = useCaseAction(
    id,
    (body: Given, key) => call('amendApplication', { params: { id }, body, key }),
    close,
  );
  const form = {
    ...Object.fromEntries(Object.entries(texts).filter(([, text]) => text.trim() !== '')),
    ...addresses,
    ...(texts.hmtPreviouslyEmployed ? { hmtPreviouslyEmployed: texts.hmtPreviouslyEmployed === '1' } : {}),
  } as Form;
  const faultOf = (field: string) => action.trouble?.fields.find((one) => one.field === field)?.message;
  const put = (field: string) => (text: string) => setTexts({ ...texts, [field]: text });
  const addressOf = (field: string): Address =>
    addresses[field] ?? {
      division: (stored[field] as { division?: string } | undefined)?.division ?? '',
      detail: '',
    };
  return (
    <ActionDrawer
      {...action}
      title="与本人核对更正"
      close={close}
      submit={() => action.run({ version, form, note: note.trim() })}
      submitText="更正"
      hold={
        Object.keys(form).length === 0 ? '请填写核对后的内容' : note.trim().length < 2 ? '请写明怎样核对' : undefined
      }
      consequence="原来的内容保留在平台转来的记录里，办结期限不变。"
    >
      {mendable.map(({ field, label, message }) => {
        const table = coded[field];
        const fault = faultOf(field);
        if (field === 'household' || field === 'residence')
          return (
            <div key={field} className="drawer-form">
              <Field label={label} hint={message} fault={fault}>
                <DivisionSelect
                  value={addressOf(field).division}
                  onChange={(division) => setAddresses({ ...addresses, [field]: { ...addressOf(field), division } })}
                />
              </Field>
              <Field label={`${label}：详细地址`}>
                <Input
                  maxLength={200}
                  value={addressOf(field).detail}
                  onChange={(event) =>
                    setAddresses({ ...addresses, [field]: { ...addressOf(field), detail: event.target.value } })
                  }
                />
              </Field>
            </div>
          );
        const options =
          field === 'reason'
            ? formReasons.map(({ box, text }) => ({ value: String(box), label: text }))
            : field === 'hmtPreviouslyEmployed'
              ? [{ value: '1', label: '本人确认曾在内地（大陆）就业' }]
              : table &&
                Object.entries(codeTables[table].values).map(([value, label]) => ({ value, label: String(label) }));
        return (
          <Field key={field} label={label} hint={message} fault={fault}>
            {options ? (
              <Select value={texts[field]} options={options} onChange={put(field)} />
            ) : (
              <Input maxLength={200} value={texts[field] ?? ''} onChange={(event) => put(field)(event.target.value)} />
            )}
          </Field>
        );
      })}
      {mendable.length < faults.length && (
        <p className="aside-warn">
          {faults
            .filter((fault) => !mendable.includes(fault))
            .map(({ label, message }) => `${label}：${message}`)
            .join('；')}
          。这几项不能在这里改。
        </p>
      )}
      <Field label="核对情况" required hint="如：电话向本人核对。不得要求提供证明材料。">
        <Input.TextArea rows={2} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
