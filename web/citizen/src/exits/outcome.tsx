import { encodingNames } from '@yingdeng/rules/exit-file/encoding.ts';
import { useEffect, useRef, useState } from 'react';
import { icons } from '../parts/icons.tsx';
import { FindList } from './find-list.tsx';
import { countText, secondsText, sizeText } from './numbers.ts';
import type { Checked, FoundCheck } from './protocol.ts';
import { Repairs } from './repairs.tsx';
import type { State } from './use-checker.ts';

const headings = { codes: '表头为指标编码', names: '表头为指标名称', none: '没有表头，按附件的顺序' } as const;

/** How the file is written, as it was found out. */
function Form({ file, checked }: { file: File; checked: Checked }) {
  const { encoding, marked, delimiter, kind, ignored } = checked.header;
  const parts = [
    sizeText(file.size),
    `${encodingNames[encoding]}编码${marked ? '（带BOM）' : ''}`,
    delimiter === ',' ? '逗号分隔' : '制表符分隔',
    headings[kind],
    `用时${secondsText(checked.ms)}`,
  ];
  return (
    <div className="small soft">
      <p>{parts.join('，')}</p>
      {encoding === 'gb18030' && <p>GBK文件也按GB18030读取。GBK里没有的生僻字在存成GBK时已变成问号，请按证件核对。</p>}
      {ignored.length > 0 && <p>没有用到的列：{ignored.join('、')}</p>}
    </div>
  );
}

function Verdict({ checked }: { checked: Checked }) {
  const { rows, tally } = checked;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  const [tone, words] =
    tally.faulty > 0
      ? (['bad', `${countText(tally.faulty)}行有错误，不能上传`] as const)
      : rows === 0
        ? (['warn', '文件里只有表头，没有数据'] as const)
        : (['good', '没有发现错误'] as const);
  return (
    <div className={`note ${tone}`}>
      <h2 ref={heading} tabIndex={-1}>
        {words}
      </h2>
      <p>
        共<span className="number">{countText(rows)}</span>行
        {tally.warned > 0 && (
          <>
            ，另有<span className="number">{countText(tally.warned)}</span>行没有错误但请再看一眼
          </>
        )}
        。
      </p>
    </div>
  );
}

/** One line of the list of checks; pressing it shows its rows. */
function CheckButton({ found, chosen, onChoose }: { found: FoundCheck; chosen: boolean; onChoose: () => void }) {
  return (
    <li>
      <button type="button" className="exits-check" aria-pressed={chosen} onClick={onChoose}>
        <span className={found.fault ? 'exits-tag bad' : 'exits-tag warn'}>{found.fault ? '错误' : '提示'}</span>
        <span className="exits-check-words">
          {found.message}
          <small>{found.check}</small>
        </span>
        <span className="number exits-count">{countText(found.count)}</span>
      </button>
    </li>
  );
}

/** What was found: the sums, the checks, the rows of the chosen check, the repairs. */
export function Outcome({
  state,
  onRepair,
  onCancel,
  onAgain,
}: {
  state: State;
  onRepair: (as: 'same' | 'utf-8') => void;
  onCancel: () => void;
  onAgain: () => void;
}) {
  const [chosen, setChosen] = useState<number | undefined>();
  const panel = useRef<HTMLElement>(null);
  const { file, checked } = state;
  if (!file || !checked) return null;
  const { checks } = checked;
  const choose = (index: number | undefined) => {
    setChosen(index);
    // On a telephone the rows stand below the checks.
    const box = panel.current;
    if (box && box.getBoundingClientRect().top > window.innerHeight * 0.6) box.scrollIntoView({ block: 'start' });
  };
  return (
    <div className="stack loose">
      <section className="stack tight" aria-label="核对结果">
        <p className="exits-name">{file.name}</p>
        <Verdict checked={checked} />
        <Form file={file} checked={checked} />
      </section>
      {checked.tally.repairable > 0 && <Repairs state={state} onRepair={onRepair} onCancel={onCancel} />}
      {checks.length > 0 && (
        <div className="exits-columns">
          <section aria-label="发现的问题">
            <h2 className="exits-head">发现的问题</h2>
            <ul className="exits-checks">
              <li>
                <button
                  type="button"
                  className="exits-check"
                  aria-pressed={chosen === undefined}
                  onClick={() => choose(undefined)}
                >
                  <span className="exits-check-words">全部</span>
                  <span className="number exits-count">
                    {countText(checks.reduce((sum, { count }) => sum + count, 0))}
                  </span>
                </button>
              </li>
              {checks.map((found, index) => (
                <CheckButton key={found.check} found={found} chosen={chosen === index} onChoose={() => choose(index)} />
              ))}
            </ul>
          </section>
          <section ref={panel} className="exits-panel" aria-label="有问题的行">
            <Explained found={chosen === undefined ? undefined : checks[chosen]} />
            <FindList key={chosen ?? 'all'} checked={checked} chosen={chosen} />
          </section>
        </div>
      )}
      <div className="actions">
        <button type="button" className="button plain" onClick={onAgain}>
          核对另一个文件
        </button>
      </div>
    </div>
  );
}

/** Why the chosen check is one, where it comes from, and whether it mends itself. */
function Explained({ found }: { found: FoundCheck | undefined }) {
  if (!found) return <h2 className="exits-head">有问题的行</h2>;
  return (
    <div className="stack tight exits-explained">
      <h2 className="exits-head">{found.message}</h2>
      {found.explanation !== found.message && <p>{found.explanation}。</p>}
      <p className="small soft">
        {found.check}，依据：{found.citation}
      </p>
      {found.repairable && (
        <p className="small exits-mends">
          {icons.check}
          其中有把握的可以自动更正
        </p>
      )}
    </div>
  );
}
