import {
  checkValue,
  contradiction,
  type Effect,
  effectsOf,
  type Level,
  type Parameter,
  type PickedBy,
  type Provision,
  parameterSpecs,
  parameters,
  valueShapes,
} from '@yingdeng/rules/index.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Alert, Input, Select } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { useSend } from './form.ts';
import { PlaceName, RangeSelect } from './range-select.tsx';
import { useProvisions } from './use-provisions.ts';
import { emptyValue, ValueField } from './value-field.tsx';

const prefixOf = (division: string) => division.replace(/(00)+$/, '');
const levelOf: Readonly<Record<number, readonly [Level, string]>> = {
  0: ['national', '国家规定'],
  2: ['province', '省级规定'],
  4: ['city', '市级规定'],
  6: ['county', '县级规定'],
};
const pickedWords: Readonly<Record<PickedBy, string>> = {
  submission: '提交申请那天',
  registration: '登记那天',
  month: '跟踪当月',
  exit: '退出那天',
  reporting: '报送当月',
  day: '当天',
};

/** Adds a provision, with what it changes shown before it is saved. */
export function ProvisionDrawer({
  parameter: given,
  division: place,
  today,
  close,
}: {
  parameter?: Parameter;
  division: string;
  today: string;
  close: () => void;
}) {
  const [parameter, setParameter] = useState<Parameter | undefined>(given);
  const [value, setValue] = useState<unknown>(given && emptyValue(valueShapes[given]));
  const [division, setDivision] = useState(place);
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [words, setWords] = useState({ document: '', documentTitle: '', clause: '', note: '' });
  const existing = useProvisions(division);
  const { submit, busy, trouble, fault } = useSend(
    (key) =>
      call('addProvision', {
        body: { parameter: parameter ?? '', value, division, ...words, from, ...(to ? { to } : {}) },
        key,
      }),
    ['provisions', 'policy'],
    close,
  );
  const faults = parameter ? checkValue(parameter, value) : [];
  const [level = 'county', levelText] = levelOf[prefixOf(division).length] ?? [];
  const missing = [
    !parameter && '事项',
    parameter && faults.length > 0 && '内容',
    !division && '地区',
    !words.document && '文号',
    !words.documentTitle && '文件名称',
    !words.clause && '条款',
    !from && '施行日期',
  ].filter(Boolean);
  const ready = parameter && faults.length === 0 && from >= today && existing.data && (!to || to >= from);
  const added = {
    id: '~new',
    parameter,
    value,
    division: prefixOf(division),
    level,
    ...words,
    document: words.document.trim() || '本条',
    clauseId: '~new',
    from,
    ...(to ? { to } : {}),
  } as Provision;
  const clash = ready ? contradiction(added, existing.data.provisions) : undefined;
  const effects = ready && !clash ? effectsOf(added, existing.data.provisions) : [];
  const line = (name: keyof typeof words, label: string, max: number, placeholder?: string) => (
    <Field label={label} required={name !== 'note'} fault={fault(name)}>
      <Input
        maxLength={max}
        placeholder={placeholder}
        value={words[name]}
        onChange={(event) => setWords({ ...words, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <ActionDrawer
      title="增加规定"
      close={close}
      submit={submit}
      submitText="增加"
      busy={busy}
      trouble={trouble}
      size={640}
      hold={
        missing.length > 0
          ? `还没有填好：${missing.join('、')}`
          : from < today
            ? '施行日期不能早于今天'
            : to && to < from
              ? '失效日期不能早于施行日期'
              : clash
      }
      consequence="增加以后不能修改或删除；要再变，增加新的一条。"
    >
      <Field
        label="事项"
        required
        fault={fault('parameter')}
        hint={parameter && `按${pickedWords[parameterSpecs[parameter].pickedBy]}在行的规定办理。`}
      >
        <Select
          autoFocus={!given}
          value={parameter}
          placeholder="选择事项，可以输入名称"
          showSearch={{ optionFilterProp: 'label' }}
          options={parameters.map((one) => ({ value: one, label: parameterSpecs[one].label }))}
          onChange={(next: Parameter) => {
            setParameter(next);
            setValue(emptyValue(valueShapes[next]));
          }}
        />
      </Field>
      {parameter && (
        <>
          <ValueField
            key={parameter}
            parameter={parameter}
            shape={valueShapes[parameter]}
            label="内容"
            value={value}
            onChange={setValue}
          />
          {fault('value') && (
            <div className="fault" role="alert">
              {fault('value')}
            </div>
          )}
        </>
      )}
      <Field label="适用地区" required fault={fault('division')} hint={levelText}>
        <RangeSelect value={division} onChange={setDivision} />
      </Field>
      <div className="two">
        {line('document', '文号', 60, '焦人社〔2026〕  号')}
        {line('clause', '条款', 40, '二(一)')}
      </div>
      {line('documentTitle', '文件名称', 200)}
      <div className="two">
        <Field label="施行日期" required fault={fault('from')} hint={`不早于今天（${today}）`}>
          <DateField value={from} onChange={setFrom} />
        </Field>
        <Field label="失效日期" fault={fault('to')} hint="长期有效就不填">
          <DateField value={to} onChange={setTo} />
        </Field>
      </div>
      {line('note', '说明', 500, '条文没有写明、按何种理解执行的，写在这里')}
      {effects.length > 0 && (
        <section className="part" aria-live="polite">
          <h2>增加以后</h2>
          {effects.map((effect) => (
            <EffectShown key={effect.division} effect={effect} />
          ))}
        </section>
      )}
    </ActionDrawer>
  );
}

const effectWords: Readonly<
  Record<Effect['standing'], readonly [type: 'success' | 'info' | 'warning', words: string]>
> = {
  changes: ['success', '按新规定执行'],
  confirms: ['info', '内容与现行规定相同，只是多了依据'],
  ignored: ['warning', '不予适用'],
  outranked: ['info', '当地另有更严的规定，仍按当地规定执行'],
};

/** What becomes of one place: before, after, and why not. */
function EffectShown({ effect }: { effect: Effect }) {
  const [type, words] = effectWords[effect.standing];
  const said = (one: Effect['before']) => (one ? `${one.text}（${one.cite.trim()}）` : '没有规定');
  return (
    <Alert
      className="space-above"
      type={type}
      showIcon
      title={
        <>
          <PlaceName prefix={effect.division} />，<span className="num">{effect.on}</span>起：{words}
        </>
      }
      description={
        <>
          {effect.standing === 'changes' ? (
            <dl className="before-after">
              <div>
                <dt>原来</dt>
                <dd>{said(effect.before)}</dd>
              </div>
              <div>
                <dt>改为</dt>
                <dd>{said(effect.after)}</dd>
              </div>
            </dl>
          ) : (
            <p>仍为：{said(effect.after)}</p>
          )}
          {effect.reasons.map((reason) => (
            <p key={reason}>{reason}</p>
          ))}
        </>
      }
    />
  );
}
