import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input, Table } from 'antd';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { OfficeDrawer } from './office-drawer.tsx';
import { belowWords, type Office } from './office-model.ts';
import '../../styles/admin.css';

type Open = { office: Office } | { under: Office };

/** 机构: the tree of the own range, level by level, with what the public reads about each (A21-4c, A21-7b). */
export default function Offices() {
  const narrow = useNarrow();
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState<Open>();
  const [under, q] = [query.get('under') ?? '', query.get('q') ?? ''];
  const list = useQuery({
    queryKey: ['admin-offices', under, q],
    queryFn: ({ signal }) => call('getOffices', { query: { under: under || undefined, q: q || undefined }, signal }),
  });
  const here = list.data?.path.at(-1);
  const up = list.data?.path.at(-2);
  useShortcuts({
    u: () => up && setQuery({ under: up.code }),
    n: () => here && belowWords[here.kind] && setOpen({ under: here }),
    e: () => here && setOpen({ office: here }),
    r: () => void list.refetch(),
  });
  const name = (office: Office) =>
    office.below > 0 || belowWords[office.kind] ? <Link to={`?under=${office.code}`}>{office.name}</Link> : office.name;
  const state = (office: Office) => !office.open && <span className="tag">已停用</span>;
  const edit = (office: Office) => (
    <Button size="small" aria-label={`编辑${office.name}`} onClick={() => setOpen({ office })}>
      编辑
    </Button>
  );
  const missing = (text: string) => text || <span className="quiet">没有填</span>;
  return (
    <Page
      title="机构"
      hint="地址、电话、经办项目向社会公布，也是交给劳动者的机构清单；每个地方都要有负责人。"
      tools={
        <>
          <Input.Search
            key={q}
            className="find"
            aria-label="按名称或代码查找机构"
            placeholder="机构名称或代码"
            allowClear
            defaultValue={q}
            onSearch={(text) => setQuery(text.trim() ? { under, q: text.trim() } : under ? { under } : {})}
          />
          {here && belowWords[here.kind] && (
            <Button type="primary" onClick={() => setOpen({ under: here })}>
              增加{belowWords[here.kind]}
              <span className="key" aria-hidden="true">
                n
              </span>
            </Button>
          )}
        </>
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data || !here ? (
        <Loading />
      ) : (
        <>
          {up && (
            <nav className="crumbs" aria-label="上级机构">
              {list.data.path.slice(0, -1).map((office) => (
                <span key={office.code}>
                  <Link to={`?under=${office.code}`}>{office.name}</Link>
                  <span aria-hidden="true"> › </span>
                </span>
              ))}
              <b>{here.name}</b>
            </nav>
          )}
          <Box title={here.name} tools={edit(here)}>
            <dl className="facts-line">
              {(
                [
                  ['代码', here.code],
                  ['负责人', here.responsiblePerson],
                  ['联系电话', here.telephone],
                  ['办公地址', here.address],
                ] as const
              ).map(([label, text]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd>{missing(text)}</dd>
                </div>
              ))}
              <div>
                <dt>账号</dt>
                <dd>
                  <Link to={`/admin/accounts?office=${here.code}`}>{here.accounts}个</Link>
                  {state(here)}
                </dd>
              </div>
              <div className="whole">
                <dt>经办项目</dt>
                <dd>{missing(here.business)}</dd>
              </div>
            </dl>
          </Box>
          {list.data.offices.length === 0 ? (
            <Empty title={q ? '没有找到这样的机构' : '下面还没有机构'}>
              {!q && belowWords[here.kind] && `可以增加${belowWords[here.kind]}。`}
            </Empty>
          ) : narrow ? (
            <ul className="cards">
              {list.data.offices.map((office) => (
                <li key={office.code} className="card">
                  <div className="card-top">
                    <b>{name(office)}</b>
                    {state(office)}
                  </div>
                  <div>
                    {missing(office.responsiblePerson)}，{missing(office.telephone)}
                  </div>
                  <div>{missing(office.address)}</div>
                  <div className="card-top">
                    <span className="quiet">
                      下级{office.below}个，账号{office.accounts}个
                    </span>
                    {edit(office)}
                  </div>
                </li>
              ))}
            </ul>
          ) : (
            <Table
              size="small"
              rowKey="code"
              pagination={false}
              dataSource={list.data.offices}
              sticky
              columns={[
                { title: '代码', dataIndex: 'code', width: 120, className: 'num' },
                {
                  title: '机构名称',
                  key: 'name',
                  width: 260,
                  render: (_, office) => (
                    <>
                      {name(office)} {state(office)}
                    </>
                  ),
                },
                { title: '负责人', dataIndex: 'responsiblePerson', width: 90, render: missing },
                { title: '联系电话', dataIndex: 'telephone', width: 130, className: 'num', render: missing },
                { title: '办公地址', dataIndex: 'address', render: missing },
                { title: '下级', dataIndex: 'below', width: 60, align: 'right' },
                { title: '账号', dataIndex: 'accounts', width: 60, align: 'right' },
                { title: '操作', key: 'tools', width: 80, render: (_, office) => edit(office) },
              ]}
            />
          )}
          {list.data.more && <p className="more quiet">只显示前100个，请把名称写得更具体。</p>}
        </>
      )}
      {open && <OfficeDrawer {...open} close={() => setOpen(undefined)} />}
    </Page>
  );
}
