import { type Parameter, type Part, sayOption, type ValueShape } from '@yingdeng/rules/index.ts';
import { Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';

interface Props<K extends ValueShape['kind'] = ValueShape['kind']> {
  readonly parameter: Parameter;
  readonly shape: Extract<ValueShape, { kind: K }>;
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}
type Record_ = Readonly<Record<string, unknown>>;

/** What a new entry starts with: a list that may be empty is empty, the rest is not there yet. */
export function emptyValue(shape: ValueShape): unknown {
  if (shape.kind === 'set') return shape.least === 0 ? [] : undefined;
  return shape.kind === 'parts' ? emptyParts(shape.parts) : undefined;
}

function emptyParts(parts: Readonly<Record<string, Part>>): Record_ {
  const entries = Object.entries(parts).map(([name, { shape }]) => [name, emptyValue(shape)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The control of each kind of value; the same table of shapes checks what it gives. */
const controls: { readonly [K in ValueShape['kind']]: (props: Props<K>) => React.ReactElement } = {
  count: ({ shape, label, value, onChange }) => (
    <Field label={label} required>
      <InputNumber
        min={shape.min}
        max={shape.max}
        precision={0}
        suffix={shape.unit}
        className="count-field"
        value={typeof value === 'number' ? value : null}
        onChange={(number) => onChange(number ?? undefined)}
      />
    </Field>
  ),
  choice: ({ parameter, shape, label, value, onChange }) => (
    <Group legend={label} required>
      <Radio.Group
        className="choices"
        value={value}
        options={shape.of.map((one) => ({ value: one as string, label: sayOption(parameter, one) }))}
        onChange={(event) => onChange(event.target.value)}
      />
    </Group>
  ),
  set: ({ parameter, shape, label, value, onChange }) => (
    <Group legend={label} required hint={shape.least === 0 ? '可以一项也不选，表示本文件没有增加。' : undefined}>
      <Checkbox.Group
        className="choices"
        value={(value as string[] | undefined) ?? []}
        options={shape.of.map((one) => ({ value: one, label: sayOption(parameter, one) }))}
        onChange={onChange}
      />
    </Group>
  ),
  texts: ({ shape, label, value, onChange }) => (
    <Field label={label} required hint={`${shape.hint}。输入一项按回车。`}>
      <Select mode="tags" open={false} value={(value as string[] | undefined) ?? []} onChange={onChange} />
    </Field>
  ),
  text: ({ shape, label, value, onChange }) => (
    <Field label={label} required>
      <Input
        maxLength={shape.most}
        value={(value as string | undefined) ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </Field>
  ),
  date: ({ label, value, onChange }) => (
    <Field label={label}>
      <DateField value={(value as string | undefined) ?? ''} onChange={(day) => onChange(day || undefined)} />
    </Field>
  ),
  month: ({ label, value, onChange }) => (
    <Field label={label} required hint="如2027-01">
      <Input
        className="num"
        maxLength={7}
        value={(value as string | undefined) ?? ''}
        onChange={(event) => onChange(event.target.value || undefined)}
      />
    </Field>
  ),
  parts: ({ parameter, shape, label, value, onChange }) => (
    <Group legend={label} required>
      <Parts parameter={parameter} parts={shape.parts} value={value} onChange={onChange} />
    </Group>
  ),
  rows: ({ parameter, shape, label, value, onChange }) => {
    const rows = (value as Record_[] | undefined) ?? [];
    return (
      <Group legend={label} required>
        <div className="ticks">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
            <div key={index} className="value-row">
              <Parts
                parameter={parameter}
                parts={shape.parts}
                value={row}
                onChange={(next) => onChange(rows.with(index, next as Record_))}
              />
              <Button size="small" onClick={() => onChange(rows.toSpliced(index, 1))}>
                删去这一项
              </Button>
            </div>
          ))}
          <Button onClick={() => onChange([...rows, emptyParts(shape.parts)])}>增加一项</Button>
        </div>
      </Group>
    );
  },
};

function Parts({
  parameter,
  parts,
  value,
  onChange,
}: {
  parameter: Parameter;
  parts: Readonly<Record<string, Part>>;
  value: unknown;
  onChange: (value: unknown) => void;
}) {
  const record = (value as Record_ | undefined) ?? {};
  return (
    <div className="value-parts">
      {Object.entries(parts).map(([name, part]) => (
        <ValueField
          key={name}
          parameter={parameter}
          shape={part.shape}
          label={part.label}
          value={record[name]}
          onChange={(next) => {
            const { [name]: _, ...rest } = record;
            onChange(next === undefined ? rest : { ...rest, [name]: next });
          }}
        />
      ))}
    </div>
  );
}

/** The control for a value of a parameter, or for a part of one. */
export function ValueField(props: Props) {
  const Control = controls[props.shape.kind] as (props: Props) => React.ReactElement;
  return <Control {...props} />;
}
