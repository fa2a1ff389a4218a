import { Button, Dropdown, Input, Modal } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { Field } from '../../parts/field.tsx';
import { useSession } from '../../session/use-session.ts';
import { worklists } from './kinds.ts';
import { dropFilter, keepFilter, MOST, savedFilters } from './saved.ts';

/** The filters this person keeps at this desk: open one, keep the present one, drop one. */
export function SavedFilters({ kind, query }: { kind: keyof typeof worklists; query: string }) {
  const navigate = useNavigate();
  const { data: session } = useSession();
  const user = [session?.office?.office, session?.role, session?.name].join('.');
  const [filters, setFilters] = useState(() => savedFilters(localStorage, user));
  const [editing, setEditing] = useState(false);
  const [name, setName] = useState('');
  const [trouble, setTrouble] = useState('');
  const addressOf = (filter: (typeof filters)[number]) =>
    `${worklists[filter.kind].to}${filter.query ? `?${filter.query}` : ''}`;
  function take(result: typeof filters | string): void {
    if (typeof result === 'string') setTrouble(result);
    else {
      setFilters(result);
      setTrouble('');
      setName('');
    }
  }
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            ...filters.map((filter) => ({
              key: `open:${filter.name}`,
              label: (
                <>
                  {filter.name} <span className="quiet">{worklists[filter.kind].title}</span>
                </>
              ),
            })),
            ...(filters.length > 0 ? [{ type: 'divider' as const }] : []),
            { key: 'edit', label: filters.length > 0 ? '保存当前筛选、整理…' : '保存当前筛选…' },
          ],
          onClick: ({ key }) => {
            if (key === 'edit') return setEditing(true);
            const chosen = filters.find((filter) => `open:${filter.name}` === key);
            if (chosen) navigate(addressOf(chosen));
          },
        }}
      >
        <Button>常用筛选</Button>
      </Dropdown>
      <Modal
        open={editing}
        onCancel={() => setEditing(false)}
        footer={null}
        title="常用筛选"
        width={460}
        destroyOnHidden
      >
        <form
          className="saved-new"
          onSubmit={(event) => {
            event.preventDefault();
            take(keepFilter(localStorage, user, { name, kind, query }));
          }}
        >
          <Field label={`把“${worklists[kind].title}”当前的筛选存为`} fault={trouble || undefined}>
            <Input value={name} maxLength={20} onChange={(event) => setName(event.target.value)} />
          </Field>
          <Button htmlType="submit" type="primary">
            保存
          </Button>
        </form>
        {filters.length > 0 && (
          <ul className="saved">
            {filters.map((filter) => (
              <li key={filter.name}>
                <Button
                  type="link"
                  size="small"
                  onClick={() => {
                    setEditing(false);
                    navigate(addressOf(filter));
                  }}
                >
                  {filter.name}
                </Button>
                <span className="quiet">{worklists[filter.kind].title}</span>
                <Button size="small" onClick={() => take(dropFilter(localStorage, user, filter.name))}>
                  删除<span className="unseen">{filter.name}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
        <p className="hint">最多{MOST}个，只保存在这台电脑的浏览器里。</p>
      </Modal>
    </>
  );
}
