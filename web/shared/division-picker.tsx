import { useEffect, useId, useState } from 'react';

type Divisions = typeof import('@yingdeng/contract/divisions.ts');

let loaded: Divisions | undefined;

/** The table of divisions, fetched when a form first needs it and kept. */
export async function loadDivisions(): Promise<Divisions> {
  loaded ??= await import('@yingdeng/contract/divisions.ts');
  return loaded;
}

/** The table of divisions once it is there. */
export function useDivisions(): Divisions | undefined {
  const [table, setTable] = useState(loaded);
  useEffect(() => {
    let here = true;
    if (!table) void loadDivisions().then((it) => here && setTable(it));
    return () => {
      here = false;
    };
  }, [table]);
  return table;
}

interface Props {
  /** Six digits; a province or city while the person is still choosing; '' when nothing is chosen. */
  value: string;
  onChange: (code: string) => void;
  /** What the three lists choose, for who does not see them: 户籍地址. */
  name: string;
  /** Anchor of the error summary. */
  id?: string;
  invalid?: boolean;
  describedBy?: string;
  /** The lists begin at this city, for choosing a place near by. */
  className?: string;
}

const labels = ['省（区、市）', '市（州）', '县（市、区）'] as const;

/** Province, city, county: three lists, each filled by the one before. Gives the code of the lowest level chosen. */
export function DivisionPicker({ value, onChange, name, id, invalid, describedBy, className = 'pair three' }: Props) {
  const table = useDivisions();
  const own = useId();
  const anchor = id ?? own;
  const province = value ? `${value.slice(0, 2)}0000` : '';
  const city = value && !value.endsWith('0000') ? `${value.slice(0, 4)}00` : '';
  const county = value && !value.endsWith('00') ? value : '';
  const chosen = [province, city, county];
  const options = [
    table?.provinceList ?? [],
    table && province ? table.children(province) : [],
    table && city ? table.children(city) : [],
  ];
  const above = ['', province, city];

  const choose = (level: number, code: string) => {
    const next = code || above[level] || '';
    const below = table?.children(next) ?? [];
    const only = below[0];
    // A municipality has one grouping level: choosing it for the person saves a step that means nothing.
    onChange(level === 0 && code && below.length === 1 && only ? only.code : next);
  };

  return (
    <div className={className}>
      {labels.map((label, level) => (
        <div className="field" key={label}>
          <label className="hint" htmlFor={level === 0 ? anchor : `${anchor}-${level}`}>
            <span className="only-spoken">{name}：</span>
            {label}
          </label>
          <select
            className="input"
            id={level === 0 ? anchor : `${anchor}-${level}`}
            value={chosen[level]}
            disabled={!table || (level > 0 && options[level]?.length === 0)}
            aria-invalid={invalid && !county ? true : undefined}
            aria-describedby={describedBy}
            onChange={(event) => choose(level, event.target.value)}
          >
            <option value="">{table ? '请选择' : '正在读取…'}</option>
            {options[level]?.map((division) => (
              <option key={division.code} value={division.code}>
                {division.name}
              </option>
            ))}
          </select>
        </div>
      ))}
    </div>
  );
}
