import { Select } from 'antd';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { useMay, useSession } from '../../session/use-session.ts';
import { useColleagues } from './assign-dialog.tsx';
import { filterNames, type WorklistTexts } from './kinds.ts';

export type Filters = Readonly<Record<(typeof filterNames)[number], string>>;

/** The filters an address carries. */
export function filtersOf(query: URLSearchParams): Filters {
  const [office = '', assigned = '', state = ''] = filterNames.map((name) => query.get(name) ?? '');
  return { office, assigned, state };
}

/** Office, whose, state: kept in the address, so that a list can be linked to and kept. */
export function FilterBar({
  texts,
  filters,
  onChange,
  holders,
}: {
  texts: WorklistTexts;
  filters: Filters;
  onChange: (filters: Filters) => void;
  /** People seen in the list, for a name that is not among the colleagues. */
  holders: ReadonlyMap<string, string>;
}) {
  const may = useMay();
  const { data: session } = useSession();
  const { data } = useColleagues(may('work.assign'));
  const people = new Map(holders);
  for (const { id, name, officeName } of data?.colleagues ?? []) people.set(id, `${name}（${officeName}）`);
  const { assigned } = filters;
  if (assigned && assigned !== 'mine' && assigned !== 'none' && !people.has(assigned)) people.set(assigned, '指定的人');
  const set = (part: Partial<Filters>) => onChange({ ...filters, ...part });
  return (
    <>
      <OfficeSelect
        division={session?.office?.office ?? ''}
        value={filters.office}
        aria-label="按机构筛选"
        onChange={(office) => set({ office })}
      />
      <Select
        aria-label="按经办人筛选"
        className="filter"
        value={assigned}
        onChange={(value: string) => set({ assigned: value })}
        popupMatchSelectWidth={false}
        showSearch={{ filterOption: (typed, option) => String(option?.label ?? '').includes(typed.trim()) }}
        options={[
          { value: '', label: '全部经办人' },
          ...(may('work.take') ? [{ value: 'mine', label: '我的' }] : []),
          { value: 'none', label: '未分派' },
          ...(may('work.assign') || (assigned && assigned !== 'mine' && assigned !== 'none')
            ? [...people].map(([value, label]) => ({ value, label }))
            : []),
        ]}
      />
      <Select
        aria-label="按期限筛选"
        className="filter"
        value={filters.state}
        onChange={(value: string) => set({ state: value })}
        popupMatchSelectWidth={false}
        options={[{ value: '', label: '全部' }, ...texts.states.map(({ value, label }) => ({ value, label }))]}
      />
    </>
  );
}
