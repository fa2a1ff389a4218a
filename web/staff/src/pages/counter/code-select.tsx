import { QuickSelect, type QuickSelectProps } from '../../parts/quick-select.tsx';

/** A code table by part of its text or its code: 「满」 or 11. A whole code comes before longer ones that begin with it. */
export function CodeSelect({
  entries,
  ...rest
}: Omit<QuickSelectProps, 'match' | 'placeholder'> & { entries: readonly (readonly [code: string, text: string])[] }) {
  return (
    <QuickSelect
      {...rest}
      placeholder="输入文字或代码"
      nothing="没有这一项"
      match={(typed) =>
        entries
          .filter(([code, text]) => code.startsWith(typed) || text.includes(typed))
          .sort(([a], [b]) => Number(b === typed) - Number(a === typed))
          .map(([value, label]) => ({ value, label }))
      }
    />
  );
}
