import { encodingNames } from '@yingdeng/rules/exit-file/encoding.ts';
import { useEffect, useState } from 'react';
import { Choices } from '../parts/fields.tsx';
import { countText } from './numbers.ts';
import type { Repaired } from './protocol.ts';
import type { State } from './use-checker.ts';

/** 退出数据.csv → 退出数据-更正后.csv */
export function besideName(name: string, word: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)}-${word}${name.slice(dot)}` : `${name}-${word}.csv`;
}

/** An address of what the worker made, given back when it is no longer shown. */
function useAddress(blob: Blob | undefined): string | undefined {
  const [address, setAddress] = useState<string | undefined>();
  useEffect(() => {
    if (!blob) return;
    const made = URL.createObjectURL(blob);
    setAddress(made);
    return () => {
      URL.revokeObjectURL(made);
      setAddress(undefined);
    };
  }, [blob]);
  return address;
}

/** Offers the safe repairs as a new file and a list of what was changed; the chosen file stays as it is. */
export function Repairs({
  state,
  onRepair,
  onCancel,
}: {
  state: State;
  onRepair: (as: 'same' | 'utf-8') => void;
  onCancel: () => void;
}) {
  const { file, checked, repairing, repaired, repairFailure, progress } = state;
  const [as, setAs] = useState<'same' | 'utf-8'>('same');
  if (!file || !checked) return null;
  const { encoding } = checked.header;
  return (
    <section className="card stack" aria-label="自动更正">
      <div className="stack tight">
        <h2>{countText(checked.tally.repairable)}行可以自动更正</h2>
        <p>
          只改不会弄错意思的：首尾空格、全角数字和字母、末位小写x、姓名间隔点、零宽字符、日期写法（2020-08-31），
          以及去掉后校验位正确的号码中间的空格。姓名中间的空格可能是缺字，不改。
        </p>
        <p className="small soft">另存为新文件，原文件不动。</p>
      </div>
      {encoding === 'gb18030' && (
        <Choices
          label="新文件的编码"
          value={as}
          onChange={(value) => setAs(value === 'utf-8' ? 'utf-8' : 'same')}
          options={[
            { value: 'same', text: 'GB18030，与原文件相同' },
            { value: 'utf-8', text: 'UTF-8' },
          ]}
          row
        />
      )}
      <div className="actions">
        {repairing ? (
          <>
            <progress
              className="exits-progress"
              max={1}
              value={file.size > 0 ? progress.bytes / file.size : 0}
              aria-label="更正进度"
            />
            <button type="button" className="button plain" onClick={onCancel}>
              停止
            </button>
          </>
        ) : (
          <button type="button" className="button" onClick={() => onRepair(as)}>
            {repaired ? '重新生成' : '生成更正后的文件'}
          </button>
        )}
      </div>
      <div aria-live="polite">
        {repairFailure && <p className="note bad">{repairFailure}。</p>}
        {repaired && <Ready file={file} repaired={repaired} />}
      </div>
    </section>
  );
}

function Ready({ file, repaired }: { file: File; repaired: Repaired }) {
  const copy = useAddress(repaired.copy);
  const list = useAddress(repaired.list);
  return (
    <div className="note good stack tight">
      <p>
        <strong>更正了{countText(repaired.changes)}处，</strong>涉及{countText(repaired.rows)}行，
        {encodingNames[repaired.encoding]}编码。其余问题请人工处理，改好后再核对一次。
      </p>
      <div className="actions">
        <a className="button" href={copy} download={besideName(file.name, '更正后')}>
          下载更正后的文件
        </a>
        <a
          className="button plain"
          href={list}
          download={besideName(file.name.replace(/\.[^.]*$/, '.csv'), '更正清单')}
        >
          下载更正清单
        </a>
      </div>
    </div>
  );
}
