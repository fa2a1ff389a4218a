import { Table, type TableColumnsType } from 'antd';
import type { ReactNode } from 'react';
import { useNarrow } from '../../lib/media.ts';
import { type FigureCell, type Figures, hasAny, useFigureCells, type Whose } from './figures.tsx';

/** One place or person. */
export interface FigureRow {
  readonly key: string;
  readonly name: string;
  /** A second line: role and office of a person. */
  readonly under?: ReactNode;
  readonly whose: Whose;
  readonly figures: Figures;
  readonly children?: FigureRow[];
}

/** Figures of places or people: a table on a desk, one card each on a phone. */
export function FiguresTable({ first, rows, since }: { first: string; rows: readonly FigureRow[]; since: string }) {
  const narrow = useNarrow();
  const cellsOf = useFigureCells(since);
  const of = (row: FigureRow) => cellsOf(row.figures, row.whose, row.name);
  const [sample] = rows;
  if (!sample) return null;
  if (narrow)
    return (
      <ul className="figure-cards">
        {rows
          .flatMap((row) => [row, ...(row.children ?? []).filter(({ figures }) => hasAny(figures))])
          .map((row) => (
            <FigureCard key={row.key} row={row} cells={of(row).filter(({ nothing }) => !nothing)} />
          ))}
      </ul>
    );
  const groups = [...Map.groupBy(of(sample), ({ group }) => group)];
  const columns: TableColumnsType<FigureRow> = [
    {
      title: first,
      dataIndex: 'name',
      fixed: 'start',
      width: 210,
      render: (name: string, row) => (
        <span className="figure-name">
          {name}
          {row.under && <span className="quiet">{row.under}</span>}
        </span>
      ),
    },
    ...groups.map(([group, cells]) => ({
      title: group,
      key: group,
      align: 'center' as const,
      children: cells.map(({ key, title }) => ({
        title,
        key,
        align: 'right' as const,
        width: /率$|数$/.test(title) ? 104 : title.length > 3 ? 76 : 58,
        render: (_: unknown, row: FigureRow) => of(row).find((cell) => cell.key === key)?.cell,
      })),
    })),
  ];
  return (
    <Table
      size="small"
      rowKey="key"
      columns={columns}
      dataSource={[...rows]}
      pagination={false}
      bordered
      scroll={{ x: 'max-content' }}
      className="figures"
      expandable={{ defaultExpandAllRows: rows.length <= 2, indentSize: 12 }}
    />
  );
}

/** What a phone shows of a row: only what is not zero. */
function FigureCard({ row, cells }: { row: FigureRow; cells: readonly FigureCell[] }) {
  return (
    <li className="card">
      <span className="card-top">
        <b>{row.name}</b>
        {row.under && <span className="quiet">{row.under}</span>}
      </span>
      {cells.length === 0 && <span className="quiet">没有业务</span>}
      {[...Map.groupBy(cells, ({ group }) => group)].map(([group, some]) => (
        <dl key={group} className="figure-line">
          <dt className="quiet">{group}</dt>
          {some.map(({ key, title, cell }) => (
            <dd key={key}>
              <span>{title}</span> {cell}
            </dd>
          ))}
        </dl>
      ))}
    </li>
  );
}
