import { Select } from 'antd';
import { type KeyboardEvent, useRef, useState } from 'react';
import { moveOnFrom } from '../lib/move-on.ts';

export interface QuickOption {
  readonly value: string;
  readonly label: string;
}

export interface QuickSelectProps {
  value: string;
  onChange: (value: string) => void;
  /** The options a text leaves, best first; '' leaves all. */
  match: (typed: string) => readonly QuickOption[];
  onLeave?: () => void;
  clearable?: boolean;
  placeholder?: string;
  nothing?: string;
  id?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  'aria-invalid'?: boolean;
  'aria-required'?: boolean;
}

/**
 * A list for fast hands: what is typed and Enter take the first match at once, however slow the list is to draw, and go on to the next
 * entry of the form. Arrow keys and mouse work as usual.
 */
export function QuickSelect({
  value,
  onChange,
  match,
  onLeave,
  clearable,
  placeholder,
  nothing,
  ...control
}: QuickSelectProps) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const now = useRef({ typed: '', moved: false });
  function search(text: string): void {
    now.current = { typed: text, moved: false };
    setTyped(text);
  }
  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    if (event.nativeEvent.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') now.current.moved = true;
    const words = now.current.typed.trim();
    if (event.key !== 'Enter' || words === '' || now.current.moved) return;
    event.preventDefault();
    event.stopPropagation();
    const [first] = match(words);
    if (!first) return;
    onChange(first.value);
    search('');
    setOpen(false);
    moveOnFrom(event.target as HTMLElement);
  }
  return (
    <div onKeyDownCapture={onKeyDown}>
      <Select
        {...control}
        value={value || undefined}
        open={open}
        allowClear={clearable}
        placeholder={placeholder}
        notFoundContent={nothing}
        options={match(typed.trim()).map((one) => ({ ...one }))}
        showSearch={{ filterOption: false, searchValue: typed, onSearch: search }}
        popupMatchSelectWidth={false}
        onOpenChange={(next) => {
          setOpen(next);
          if (!next) search('');
        }}
        onChange={(code: string | undefined) => onChange(code ?? '')}
        onBlur={onLeave}
      />
    </div>
  );
}
