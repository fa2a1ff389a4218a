import { Select } from 'antd';

/** A code table by typing part of its text or its code: 「满」 or 11. Enter takes the first match. */
export function CodeSelect({
  entries,
  value,
  onChange,
  onLeave,
  clearable,
  id,
  ...aria
}: {
  entries: readonly (readonly [code: string, text: string])[];
  value: string;
  onChange: (code: string) => void;
  onLeave?: () => void;
  clearable?: boolean;
  id?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  'aria-required'?: boolean;
}) {
  return (
    <Select
      id={id}
      {...aria}
      value={value || undefined}
      allowClear={clearable}
      placeholder="输入文字或代码"
      options={entries.map(([code, text]) => ({ value: code, label: text }))}
      showSearch={{
        filterOption: (typed, option) => {
          const words = typed.trim();
          return String(option?.label ?? '').includes(words) || String(option?.value ?? '').startsWith(words);
        },
      }}
      popupMatchSelectWidth={false}
      onChange={(code: string | undefined) => onChange(code ?? '')}
      onBlur={onLeave}
    />
  );
}
