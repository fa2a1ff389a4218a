import { countText, rateText, sizeText } from './numbers.ts';
import type { State } from './use-checker.ts';

/** How far the check has come, and the way to end it. */
export function Running({ state, onCancel }: { state: State; onCancel: () => void }) {
  const { file, progress } = state;
  const share = file && file.size > 0 ? progress.bytes / file.size : 0;
  return (
    <section className="card stack column" aria-label="正在核对">
      <h2 className="exits-name">{file?.name}</h2>
      <progress className="exits-progress" max={1} value={share} aria-label="核对进度" />
      <p className="exits-pace">
        <span>
          已核对<strong className="number">{countText(progress.rows)}</strong>行
        </span>
        <span className="soft number">{rateText(progress.rows, progress.ms)}</span>
        <span className="soft number">
          {Math.floor(share * 100)}% / {sizeText(file?.size ?? 0)}
        </span>
      </p>
      <div className="actions">
        <button type="button" className="button plain" onClick={onCancel}>
          停止
        </button>
      </div>
    </section>
  );
}
