import { type CutName, cutNames, cuts } from '@yingdeng/rules/statistics/cuts.ts';
import { knownOfNone, type RowName, rowNames, sheetRows } from '@yingdeng/rules/statistics/sheet.ts';
import { Select, Tooltip } from 'antd';
import { useState } from 'react';
import { useNarrow } from '../../lib/media.ts';
import { Field } from '../../parts/field.tsx';
import type { Sheet } from './report.tsx';

type Open = (row: string, cut: string, unknown: boolean) => void;

/** Rows in which something stands, or that always stand. */
const shown = (figures: Sheet['figures']): RowName[] =>
  rowNames.filter((name) => sheetRows[name].level === 0 || (figures[name]?.all?.[0] ?? 0) > 0);

/** The sheet: what happened by whom it happened to. Every number opens its persons; on a phone one column at a time. */
export function SheetTable({ figures, open }: { figures: Sheet['figures']; open: Open }) {
  const narrow = useNarrow();
  const [cut, setCut] = useState<CutName>('all');
  const columns = narrow ? [cut] : cutNames;
  const rows = shown(figures);
  // Where something is not known of some, the numbers of the column still stand under each other.
  const unsure = new Set(columns.filter((name) => rows.some((row) => (figures[row]?.[name]?.[1] ?? 0) > 0)));
  return (
    <>
      {narrow && (
        <Field label="其中" className="report-cut">
          <Select
            value={cut}
            onChange={setCut}
            options={cutNames.map((name) => ({ value: name, label: cuts[name].text }))}
          />
        </Field>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its box is moved with the arrow keys. */}
      <section className="report-scroll" aria-label="报表，可左右移动" tabIndex={0}>
        <table className="report-sheet report-wide">
          <thead>
            <tr>
              <th scope="col">项目</th>
              {columns.map((name) => (
                <th key={name} scope="col" className={unsure.has(name) ? 'report-unsure' : undefined}>
                  <Tooltip title={cuts[name].meaning}>
                    <span>{cuts[name].text}</span>
                  </Tooltip>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row} className={sheetRows[row].level === 0 ? 'report-main' : undefined}>
                <th scope="row">{sheetRows[row].text}</th>
                {columns.map((name) => (
                  <td key={name} className={unsure.has(name) ? 'report-unsure' : undefined}>
                    <Cell
                      figure={figures[row]?.[name]}
                      all={figures[row]?.all?.[0] ?? 0}
                      what={`${sheetRows[row].text}，${cuts[name].text}`}
                      open={(unknown) => open(row, name, unknown)}
                    />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <p className="quiet">
        点人数查看名单，查看会留下记录。“不详”是还没有采集到这项信息的人数，不当作“否”；全部不详的写“—”。
      </p>
    </>
  );
}

function Cell({
  figure: [count, unknown] = [0, 0],
  all,
  what,
  open,
}: {
  figure?: readonly [number, number];
  /** How many the row counts; known of none of them is a dash, not nought. */
  all: number;
  what: string;
  open: (unknown: boolean) => void;
}) {
  return (
    <>
      {count > 0 ? (
        <button type="button" className="cell" aria-label={`${what}：${count}人，查看名单`} onClick={() => open(false)}>
          {count.toLocaleString('zh-CN')}
        </button>
      ) : (
        <span className="quiet">{knownOfNone({ count, unknown }, all) ? '—' : 0}</span>
      )}
      {unknown > 0 && (
        <button
          type="button"
          className="cell cell-unknown"
          aria-label={`${what}：不详${unknown}人，查看名单`}
          onClick={() => open(true)}
        >
          不详{unknown.toLocaleString('zh-CN')}
        </button>
      )}
    </>
  );
}
