import { Button } from 'antd';
import type { WorklistItem } from './use-sharing.ts';

/** What can be done with the ticked lines, and how many there are. */
export function ChosenBar({
  picked,
  busy,
  take,
  assign,
  all,
  clear,
}: {
  picked: readonly WorklistItem[];
  busy: boolean;
  take?: (back: boolean) => void;
  assign?: () => void;
  /** Ticks what is shown; absent when all of it is ticked. */
  all?: () => void;
  clear: () => void;
}) {
  if (picked.length === 0)
    return (
      <p className="chosen hint">
        按 <kbd className="key">x</kbd> 选择当前行
        {assign && (
          <>
            ，<kbd className="key">a</kbd> 分派
          </>
        )}
        {take && (
          <>
            ，<kbd className="key">t</kbd> 我来办
          </>
        )}
        。
        {all && (
          <Button type="link" size="small" onClick={all}>
            全选已显示的
          </Button>
        )}
      </p>
    );
  return (
    <div className="chosen chosen-some">
      <span role="status">已选{picked.length}件</span>
      {assign && (
        <Button type="primary" size="small" onClick={assign}>
          分派
          <span className="key" aria-hidden="true">
            a
          </span>
        </Button>
      )}
      {take && (
        <Button type="primary" size="small" loading={busy} onClick={() => take(false)}>
          我来办
          <span className="key" aria-hidden="true">
            t
          </span>
        </Button>
      )}
      {take && picked.every(({ assigned }) => assigned?.mine) && (
        <Button size="small" loading={busy} onClick={() => take(true)}>
          放回
        </Button>
      )}
      {all && (
        <Button size="small" onClick={all}>
          全选已显示的
        </Button>
      )}
      <Button size="small" onClick={clear}>
        取消选择
      </Button>
    </div>
  );
}
