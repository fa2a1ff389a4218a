import { useEffect, useMemo, useRef, useState } from 'react';
import { countText } from './numbers.ts';
import { type Checked, KEPT } from './protocol.ts';
import { visiblePieces } from './visible.ts';

/** Heights of an entry in rem: with the check's words below the value, or without. */
const HEIGHT = { all: 4.5, one: 3 } as const;
/** Entries drawn beyond what is seen, above and below. */
const BEYOND = 8;

/** The root's type size in pixels: large type makes entries higher. */
function useRem(): number {
  const read = () => Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const [rem, setRem] = useState(read);
  useEffect(() => {
    const observer = new MutationObserver(() => setRem(read()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['class', 'style'] });
    return () => observer.disconnect();
  });
  return rem;
}

function Value({ value }: { value: string }) {
  if (value === '') return <span className="soft">（空）</span>;
  return (
    <>
      {visiblePieces(value).map(({ text, name }, at) =>
        name ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: pieces of one value never change places.
          <mark key={at} title={name}>
            <span aria-hidden="true">{text}</span>
            <span className="only-spoken">{name}</span>
          </mark>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above.
          <span key={at}>{text}</span>
        ),
      )}
    </>
  );
}

/** The rows of one check or of all, in the order of the file. Only what is seen is drawn. */
export function FindList({ checked, chosen }: { checked: Checked; chosen: number | undefined }) {
  const { finds, checks } = checked;
  const box = useRef<HTMLElement>(null);
  const [seen, setSeen] = useState({ from: 0, to: 30 });
  const rem = useRem();
  const height = (chosen === undefined ? HEIGHT.all : HEIGHT.one) * rem;
  const entries = useMemo(() => {
    const found: number[] = [];
    for (let at = 0; at < finds.checks.length; at++) {
      if (chosen === undefined || finds.checks[at] === chosen) found.push(at);
    }
    return found;
  }, [finds, chosen]);

  const look = () => {
    if (!box.current) return;
    const { scrollTop, clientHeight } = box.current;
    const from = Math.max(0, Math.floor(scrollTop / height) - BEYOND);
    const to = Math.ceil((scrollTop + clientHeight) / height) + BEYOND;
    if (from !== seen.from || to !== seen.to) setSeen({ from, to });
  };

  const total = chosen === undefined ? undefined : checks[chosen]!.count;
  const cut = chosen === undefined ? checks.some(({ count }) => count > KEPT) : total! > KEPT;
  const to = Math.min(seen.to, entries.length);
  return (
    <>
      {cut && (
        <p className="small soft">
          每种问题列出前{countText(KEPT)}处{total !== undefined && `，共${countText(total)}处`}
          ；全部清单可用命令 yingdeng exits check --json 导出。
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls is reached by keyboard to scroll it. */}
      <section ref={box} className="exits-list" tabIndex={0} aria-label="行号和值，可以滚动" onScroll={look}>
        <ol style={{ height: entries.length * height }}>
          {entries.slice(seen.from, to).map((at, n) => {
            const check = checks[finds.checks[at]!]!;
            return (
              <li
                key={at}
                style={{ top: (seen.from + n) * height, height }}
                aria-setsize={entries.length}
                aria-posinset={seen.from + n + 1}
              >
                <span className="number soft exits-row">第{countText(finds.rows[at]!)}行</span>
                <span className="exits-value">
                  <Value value={finds.values[at]!} />
                </span>
                {chosen === undefined && <span className="small soft exits-said">{check.message}</span>}
              </li>
            );
          })}
        </ol>
      </section>
      <p className="small soft">行号从表头之后的第一行数起。</p>
    </>
  );
}
