import { useRef } from 'react';
import { icons } from '../parts/icons.tsx';
import { countText } from './numbers.ts';
import type { State } from './use-checker.ts';

/** The box for a file: to drop on, to press, to reach by keyboard. Says why the last one could not be used. */
export function ChooseFile({ state, over, onFile }: { state: State; over: boolean; onFile: (file: File) => void }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <div className="stack">
      {state.failure && (
        <div className="note bad" role="alert">
          <strong>{state.file?.name ?? '这个文件'}不能核对。</strong>
          <p>{state.failure.message}。</p>
        </div>
      )}
      {state.stoppedAt !== undefined && (
        <p className="note" role="status">
          已停止，看了{countText(state.stoppedAt)}行。
        </p>
      )}
      <label className={over ? 'exits-drop over' : 'exits-drop'}>
        {icons.form}
        <strong>{over ? '松开就开始核对' : '选择文件，或把文件拖到这里'}</strong>
        <span className="button" aria-hidden="true">
          选择文件
        </span>
        <input
          ref={input}
          type="file"
          aria-label="选择要核对的文件"
          onChange={(event) => {
            const [file] = Array.from(event.target.files ?? []);
            if (file) onFile(file);
            // The same file may be chosen again after it was mended.
            event.target.value = '';
          }}
        />
      </label>
    </div>
  );
}
