import { occupationName, occupationsLike } from '@yingdeng/contract/occupations.ts';
import { Select } from 'antd';
import { QuickSelect, type QuickSelectProps } from '../../parts/quick-select.tsx';

/** An occupation by its name, its code or what people call it: 「焊」, 618, 「收银」. */
export function OccupationSelect(props: Omit<QuickSelectProps, 'match' | 'placeholder' | 'nothing'>) {
  return (
    <QuickSelect
      {...props}
      placeholder="输入职业、叫法或代码，如焊工"
      nothing="没有这个职业"
      match={(typed) => occupationsLike(typed).map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
    />
  );
}

/** Several occupations, the dearest first. */
export function OccupationsSelect({
  value,
  onChange,
  most,
  ...control
}: {
  value: readonly string[];
  onChange: (codes: string[]) => void;
  most: number;
  id?: string;
}) {
  return (
    <Select
      {...control}
      mode="multiple"
      maxCount={most}
      value={[...value]}
      onChange={onChange}
      placeholder="输入职业、叫法或代码"
      labelRender={({ value: code }) => occupationName(String(code))}
      showSearch={{ filterOption: (typed, option) => String(option?.search ?? '').includes(typed.trim()) }}
      options={occupationsLike('').map(({ code, name, words }) => ({
        value: code,
        label: `${code} ${name}`,
        search: `${code} ${name} ${words}`,
      }))}
    />
  );
}
