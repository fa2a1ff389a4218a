import { Button } from 'antd';
import { useNarrow } from '../../lib/media.ts';
import type { Trouble } from '../../lib/refusal.ts';

/** The facts of a row as a form holds them. */
export type Facts = Readonly<Record<string, string | boolean>>;

/** What stands now, when a save was refused because somebody else was first; undefined for any other trouble. */
export function standingOf(trouble: Trouble | undefined): { version: number; now: Facts } | undefined {
  const { version, now } = trouble?.detail ?? {};
  if (trouble?.code !== 'admin.changed' || typeof version !== 'number' || typeof now !== 'object' || now === null)
    return undefined;
  return { version, now: now as Facts };
}

const shown = (facts: Facts, field: string): string => {
  const value = facts[`${field}Text`] ?? facts[field];
  if (typeof value === 'boolean') return field === 'town' ? (value ? '是' : '不是') : value ? '启用' : '停用';
  return value === '' || value === undefined ? '（空）' : value;
};

/** The fields in which what was opened, what stands now and what was typed are not all the same. */
export function differences(
  fields: readonly (readonly [field: string, label: string])[],
  { opened, now, mine }: { opened: Facts; now: Facts; mine: Facts },
): { field: string; label: string; opened: string; now: string; mine: string; clash: boolean }[] {
  return fields
    .filter(([field]) => now[field] !== opened[field] || (field in mine && mine[field] !== opened[field]))
    .map(([field, label]) => ({
      field,
      label,
      opened: shown(opened, field),
      now: shown(now, field),
      mine: field in mine ? shown(mine, field) : '',
      clash:
        now[field] !== opened[field] && field in mine && mine[field] !== opened[field] && mine[field] !== now[field],
    }));
}

/**
 * Somebody else was first: field by field what was opened, what stands now, what was typed here. Nothing was saved; either the page takes what
 * stands, or what was typed is kept on top of it and saved again, knowingly.
 */
export function ChangedMeanwhile({
  rows,
  take,
  keep,
}: {
  rows: ReturnType<typeof differences>;
  take: () => void;
  keep: () => void;
}) {
  const narrow = useNarrow();
  // A telephone has no columns: each value says whose it is.
  const said = (whose: string) => narrow && <span className="quiet">{whose}：</span>;
  return (
    <section className="changed" aria-label="对照">
      <table className="law">
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">您打开时</th>
            <th scope="col">现在</th>
            <th scope="col">您填写的</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ field, label, opened, now, mine, clash }) => (
            <tr key={field}>
              <th scope="row">
                {label}
                {clash && <span className="tag tag-near">都改了</span>}
              </th>
              <td className="quiet">
                {said('您打开时')}
                {opened}
              </td>
              <td>
                {said('现在')}
                {now === opened ? now : <b>{now}</b>}
              </td>
              <td>
                {said('您填写的')}
                {mine === opened || mine === '' ? <span className="quiet">{mine || '—'}</span> : <b>{mine}</b>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="changed-choice">
        <Button onClick={take}>用现在的内容</Button>
        <Button onClick={keep}>保留我填写的，再核对保存</Button>
      </div>
    </section>
  );
}
