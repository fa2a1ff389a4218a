import { stampText } from '../../lib/dates.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import type { CaseFile, Check, Verdict } from './model.ts';

const resultTexts: Readonly<Record<Check['result'], string>> = {
  clear: '一致',
  finding: '有比对结果',
  silent: '没有查到',
  settled: '已核实',
};

/** What the sources said: who, when, what, and what it may mean. Open findings first. */
export function Checks({ file, may, settle }: { file: CaseFile; may: Verdict; settle: (check: Check) => void }) {
  const checks = file.checks.toSorted((a, b) => Number(b.open) - Number(a.open) || (a.at < b.at ? 1 : -1));
  if (checks.length === 0) return <p className="quiet">还没有核查结果。没有查到信息不影响办理。</p>;
  return (
    <ul className="checks">
      {checks.map((check) => {
        const said = check.text.replace(`${check.sourceText}：`, '');
        return (
          <li key={check.id} className={check.open ? 'check check-open' : 'check'}>
            <div className="check-head">
              <b>{check.sourceText}</b>
              <span className={`tag tag-${check.open ? 'near' : check.result}`}>
                {check.open ? '待核实' : resultTexts[check.result]}
              </span>
              <span className="quiet num">
                {check.asOf ? `数据截至${check.asOf}` : stampText(check.at)}
                {check.byHand && `，${check.who}`}
              </span>
              {!check.open && <span className="check-said">{said}</span>}
              {check.open && may.shown && (
                <ActionButton small why={may.why} onClick={() => settle(check)}>
                  核实
                </ActionButton>
              )}
            </div>
            {check.open && <p>{said}</p>}
            {check.mayMean && check.open && (
              <p className="quiet">可能表示：{check.mayMean}。不是结论，先向本人了解。</p>
            )}
            {check.note && <p>核实：{check.note}</p>}
          </li>
        );
      })}
    </ul>
  );
}
