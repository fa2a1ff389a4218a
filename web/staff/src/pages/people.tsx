import { useQuery } from '@tanstack/react-query';
import { codeText } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Input, type InputRef, Table } from 'antd';
import { useRef, useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { useNarrow } from '../lib/media.ts';
import { useShortcuts } from '../lib/shortcuts.ts';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { useMay } from '../session/use-session.ts';

/** Finding a person. What was searched for stays out of the address: it may be an identity number. */
export default function People() {
  const [typed, setTyped] = useState('');
  const [sought, setSought] = useState('');
  const [at, setAt] = useState(0);
  const box = useRef<InputRef>(null);
  const narrow = useNarrow();
  const navigate = useNavigate();
  const may = useMay();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['people', sought],
    queryFn: ({ signal }) => call('searchPeople', { query: { q: sought, limit: 50 }, signal }),
    enabled: sought !== '',
    gcTime: 0,
  });
  const people = data?.people ?? [];
  const open = (index: number) => {
    const id = people[index]?.applicationId;
    if (id && may('application.read')) navigate(`/cases/${id}`);
  };
  useShortcuts({
    '/': () => box.current?.focus({ cursor: 'all' }),
    down: () => setAt(Math.min(at + 1, Math.max(people.length - 1, 0))),
    up: () => setAt(Math.max(at - 1, 0)),
    open: () => open(at),
  });
  return (
    <Page title="查人" hint="只查您管辖范围内的人，查询会留下记录。">
      <search>
        <Input.Search
          ref={box}
          value={typed}
          size="large"
          autoFocus
          allowClear
          enterButton="查找"
          loading={isFetching}
          maxLength={40}
          className="people-box"
          aria-label="姓名、拼音、首字母、证件号码、后四位或业务编号"
          placeholder="姓名、拼音、首字母、证件号码或后四位、业务编号"
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(text) => {
            setSought(text.trim());
            setAt(0);
          }}
        />
      </search>
      <div aria-live="polite">
        {error ? (
          <Failed error={error} retry={() => void refetch()} />
        ) : sought === '' ? null : !data ? (
          <Loading what="正在查找" />
        ) : people.length === 0 ? (
          <Empty title="没有找到">
            核对姓名和号码。在别处登记的人这里查不到；需要为其登记的，到
            {may('application.enter') ? <Link to="/counter">窗口登记</Link> : '窗口登记'}。
          </Empty>
        ) : narrow ? (
          <ul className="cards">
            {people.map((person) => (
              <li key={person.id}>
                <PersonLink id={person.applicationId} className="card">
                  <span className="card-top">
                    <b>{person.name}</b>
                    <span className="num">{person.idMasked}</span>
                  </span>
                  <span>{person.statusText}</span>
                  <span className="quiet">{person.officeName}</span>
                </PersonLink>
              </li>
            ))}
          </ul>
        ) : (
          <Table
            size="small"
            rowKey="id"
            pagination={false}
            dataSource={people}
            rowClassName={(_, index) => (index === at ? 'row row-current' : 'row')}
            onRow={(_, index = 0) => ({
              onClick: (event) => !(event.target as HTMLElement).closest('a') && open(index),
            })}
            columns={[
              {
                title: '姓名',
                dataIndex: 'name',
                width: 120,
                render: (name: string, person) => <PersonLink id={person.applicationId}>{name}</PersonLink>,
              },
              { title: '性别', dataIndex: 'sex', width: 56, render: (sex: string) => codeText('sex', sex) ?? sex },
              { title: '出生日期', dataIndex: 'birthDate', width: 110, className: 'num' },
              { title: '证件号码', dataIndex: 'idMasked', width: 180, className: 'num' },
              { title: '状态', dataIndex: 'statusText' },
              { title: '机构', dataIndex: 'officeName' },
            ]}
          />
        )}
        {people.length >= 50 && <p className="more quiet">只显示前50人，请写得更具体些。</p>}
      </div>
    </Page>
  );
}

function PersonLink({ id, className, children }: { id?: string; className?: string; children: React.ReactNode }) {
  return id ? (
    <Link to={`/cases/${id}`} className={className}>
      {children}
    </Link>
  ) : (
    <span className={className}>{children}</span>
  );
}
