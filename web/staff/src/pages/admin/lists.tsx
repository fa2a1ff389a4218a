import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented, Select } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { stampText, useToday } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { ListEditor } from './list-editor.tsx';
import { ChangeDrawer, ListWork } from './list-work.tsx';
import { PlaceName, RangeSelect, useOwnDivision } from './range-select.tsx';
import '../../styles/admin.css';

const names = { policies: '政策清单', services: '服务清单', institutions: '机构清单' } as const;
type List = keyof typeof names;
type Version = Answer<'getListVersions'>['versions'][number];

/** One version on screen: an own one, or one that comes from a place above or is computed from the offices. */
interface Shown {
  readonly columns: readonly string[];
  readonly items: readonly Readonly<Record<string, string>>[];
  readonly about: React.ReactNode;
}

/** 清单: what workers are handed, in versions; what was handed over stays as it was (A21-4c, M79-3b). */
export default function Lists() {
  const narrow = useNarrow();
  const today = useToday();
  const own = useOwnDivision();
  const [query, setQuery] = useSearchParams();
  const may = useMay();
  const [editing, setEditing] = useState(false);
  const [changing, setChanging] = useState(false);
  const division = query.get('division') ?? own;
  const list = (Object.hasOwn(names, query.get('list') ?? '') ? query.get('list') : 'policies') as List;
  const put = (change: Record<string, string>) => {
    const next = new URLSearchParams(query);
    for (const [name, value] of Object.entries(change)) {
      if (value) next.set(name, value);
      else next.delete(name);
    }
    setQuery(next, { replace: true });
  };
  const enabled = /^\d{6}$/.test(division);
  const versions = useQuery({
    queryKey: ['list-versions', division],
    queryFn: ({ signal }) => call('getListVersions', { query: { division }, signal }),
    enabled,
  });
  const inForce = useQuery({
    queryKey: ['lists', division],
    queryFn: ({ signal }) => call('getLists', { query: { division }, signal }),
    enabled,
  });
  const ownVersions = (versions.data?.versions ?? []).filter((one) => one.list === list);
  const newest = ownVersions[0];
  const force = inForce.data?.lists.find((one) => one.list === list);
  const asked = ownVersions.find(({ version }) => String(version) === query.get('version'));
  const shown: Shown | undefined = asked
    ? { columns: asked.columns, items: asked.items, about: <AboutOwn version={asked} today={today} newest={newest} /> }
    : force && {
        columns: force.columns,
        items: force.items,
        about:
          list === 'institutions' ? (
            <>
              由<Link to="/admin/offices">机构</Link>页面维护的内容自动生成，随时是最新的。
            </>
          ) : force.division === division ? (
            <AboutOwn
              version={ownVersions.find(({ version }) => version === force.version)}
              today={today}
              newest={newest}
            />
          ) : (
            <>
              这里还没有自己的{names[list]}，使用的是
              <PlaceName prefix={force.division} />第{force.version}版。
            </>
          ),
      };
  const base = newest ?? (force && list !== 'institutions' ? force : undefined);
  const canPublish = list !== 'institutions' && base !== undefined;
  useShortcuts({ n: () => canPublish && may('list.manage') && setEditing(true) });
  const failed = versions.error ?? inForce.error;
  return (
    <Page
      title="清单"
      hint="首次联系时交给劳动者的三张清单。发布新版本以后，以前交给本人的版本照原样保留。"
      tools={
        <>
          <Button href={`/api/lists/${list}/hand-out.pdf?division=${division}`} target="_blank">
            打印清单
          </Button>
          {canPublish && may('list.manage') && (
            <>
              <Button onClick={() => setChanging(true)}>登记内容变化</Button>
              <Button type="primary" onClick={() => setEditing(true)}>
                编写新版本
                <span className="key" aria-hidden="true">
                  n
                </span>
              </Button>
            </>
          )}
        </>
      }
    >
      <ListWork names={names} />
      <div className="filters">
        <Field label="地区" className="filter-wide">
          <RangeSelect value={division} onChange={(code) => put({ division: code, version: '' })} />
        </Field>
        {list !== 'institutions' && ownVersions.length > 0 && (
          <Field label="版本">
            <Select
              value={asked ? String(asked.version) : ''}
              popupMatchSelectWidth={false}
              options={[
                { value: '', label: '在用的版本' },
                ...ownVersions.map((one) => ({
                  value: String(one.version),
                  label: `第${one.version}版（${one.validFrom}起）`,
                })),
              ]}
              onChange={(version) => put({ version })}
            />
          </Field>
        )}
      </div>
      <Segmented
        className="space-below"
        aria-label="哪一张清单"
        value={list}
        options={Object.entries(names).map(([value, label]) => ({ value, label }))}
        onChange={(value) => put({ list: value, version: '' })}
      />
      {failed ? (
        <Failed error={failed} retry={() => void (versions.error ? versions.refetch() : inForce.refetch())} />
      ) : !versions.data || !inForce.data ? (
        <Loading />
      ) : !shown ? (
        <Empty title="还没有这张清单" />
      ) : (
        <>
          <p className="hint space-below">{shown.about}</p>
          {shown.items.length === 0 ? (
            <Empty title="清单里还没有内容" />
          ) : narrow ? (
            <ul className="cards">
              {shown.items.map((item) => (
                <li key={JSON.stringify(item)} className="card">
                  {shown.columns.map((column, index) =>
                    index === 0 ? (
                      <b key={column}>{item[column]}</b>
                    ) : (
                      <div key={column}>
                        <span className="quiet">{column}：</span>
                        {item[column]}
                      </div>
                    ),
                  )}
                </li>
              ))}
            </ul>
          ) : (
            <table className="law list-table">
              <thead>
                <tr>
                  {shown.columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {shown.items.map((item) => (
                  <tr key={JSON.stringify(item)}>
                    {shown.columns.map((column, index) =>
                      index === 0 ? (
                        <th key={column} scope="row">
                          {item[column]}
                        </th>
                      ) : (
                        <td key={column}>{item[column]}</td>
                      ),
                    )}
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </>
      )}
      {changing && list !== 'institutions' && (
        <ChangeDrawer list={list} name={names[list]} division={division} close={() => setChanging(false)} />
      )}
      {editing && base && list !== 'institutions' && (
        <ListEditor
          list={list}
          name={names[list]}
          division={division}
          today={today}
          after={newest?.version ?? 0}
          earliest={newest && newest.validFrom > today ? newest.validFrom : today}
          columns={base.columns}
          items={base.items}
          close={() => setEditing(false)}
        />
      )}
    </Page>
  );
}

function AboutOwn({ version, newest, today }: { version?: Version; newest?: Version; today: string }) {
  if (!version) return null;
  const waiting = newest && newest.version !== version.version && newest.validFrom > today;
  return (
    <>
      第{version.version}版，<span className="num">{version.validFrom}</span>起
      {version.validFrom > today ? '施行（尚未施行）' : '施行'}，{version.writtenBy && `${version.writtenBy}编写，`}
      {version.approvedBy}批准，
      <span className="num">{stampText(version.createdAt)}</span>发布。
      {waiting && `第${newest.version}版从${newest.validFrom}起施行。`}
    </>
  );
}
