import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Progress, Select, Table } from 'antd';
import { useId, useRef, useState } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { Refused } from '../../parts/notice.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import './vacancy.css';

type Import = Answer<'getVacancyImports'>['items'][number];
type Row = Answer<'getVacancyImport'>['rows'][number];

const moving = (state: Import['state']) => ['receiving', 'waiting', 'checking', 'keeping'].includes(state);

/** 批量导入: a file is checked row by row, shown, and kept only after a second look. */
export default function Imports() {
  const { id } = useParams();
  return id ? <OneImport key={id} id={id} /> : <AllImports />;
}

function AllImports() {
  const navigate = useNavigate();
  const list = useQuery({
    queryKey: ['imports'],
    queryFn: ({ signal }) => call('getVacancyImports', { query: { limit: 30 }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some((one) => moving(one.state)) ? 2_000 : false),
  });
  const upload = useMutation({
    mutationFn: (file: File) => call('uploadVacancies', { query: { name: file.name.slice(-120) }, file }),
    onSuccess: ({ import: one }) => navigate(`/vacancies/imports/${one.id}`),
  });
  return (
    <Page
      title="批量导入岗位"
      hint="XLSX或CSV文件。先逐行核对，看过结果再导入；有错误的行可以下载下来改。"
      tools={<Link to="/vacancies">回到岗位列表</Link>}
    >
      {upload.error && <Refused trouble={troubleOf(upload.error)} />}
      <Box title="上传文件" tools={<a href="/api/vacancy-imports/template.xlsx">下载模板</a>}>
        <Drop take={(file) => upload.mutate(file)} busy={upload.isPending} />
      </Box>
      <Box title="导入记录">
        {list.error && !list.data ? (
          <Failed error={list.error} retry={() => void list.refetch()} />
        ) : !list.data ? (
          <Loading />
        ) : list.data.items.length === 0 ? (
          <Empty title="还没有导入过" />
        ) : (
          <Table<Import>
            size="small"
            rowKey="id"
            pagination={false}
            scroll={{ x: true }}
            dataSource={[...list.data.items]}
            columns={[
              {
                title: '文件',
                render: (_, one) => <Link to={`/vacancies/imports/${one.id}`}>{one.fileName}</Link>,
              },
              { title: '状态', render: (_, one) => <StateTag one={one} /> },
              { title: '行数', dataIndex: 'rows', align: 'right', className: 'num' },
              { title: '有错误', dataIndex: 'faulty', align: 'right', className: 'num' },
              { title: '已导入', dataIndex: 'kept', align: 'right', className: 'num' },
              { title: '上传', render: (_, one) => `${stampText(one.at)}，${one.who}` },
            ]}
          />
        )}
      </Box>
    </Page>
  );
}

function Drop({ take, busy }: { take: (file: File) => void; busy: boolean }) {
  const [over, setOver] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const id = useId();
  return (
    // Dropping a file is a short cut; the button does the same by keyboard.
    <section
      aria-label="拖放文件"
      className={over ? 'drop drop-over' : 'drop'}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        const [file] = event.dataTransfer.files;
        if (file && !busy) take(file);
      }}
    >
      <input
        ref={input}
        id={id}
        type="file"
        hidden
        accept=".xlsx,.csv"
        onChange={(event) => {
          const file = event.target.files?.[0];
          if (file) take(file);
          event.target.value = '';
        }}
      />
      <Button type="primary" loading={busy} onClick={() => input.current?.click()}>
        选择文件
      </Button>
      <span className="quiet">也可以把文件拖到这里。最多20万行、60兆。</span>
    </section>
  );
}

function StateTag({ one }: { one: Import }) {
  const tone =
    one.state === 'done'
      ? 'tag-clear'
      : one.state === 'failed'
        ? 'tag-late'
        : one.state === 'preview'
          ? 'tag-near'
          : '';
  return <span className={`tag ${tone}`}>{one.stateText}</span>;
}

const outcomes = [
  { value: 'faulty', label: '有错误' },
  { value: 'fresh', label: '新岗位' },
  { value: 'changed', label: '修改已有岗位' },
  { value: 'same', label: '没有变化' },
  { value: 'kept', label: '已导入' },
] as const;
type Outcome = (typeof outcomes)[number]['value'];

function OneImport({ id }: { id: string }) {
  const [outcome, setOutcome] = useState<Outcome>();
  const [after, setAfter] = useState(0);
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const { data, error, refetch } = useQuery({
    queryKey: ['import', id, outcome, after],
    queryFn: ({ signal }) => call('getVacancyImport', { params: { id }, query: { outcome, after }, signal }),
    refetchInterval: ({ state }) => (state.data && moving(state.data.import.state) ? 1_500 : false),
    placeholderData: (before) => before,
  });
  const move = useMutation({
    mutationFn: (name: 'keepVacancyImport' | 'cancelVacancyImport') =>
      call(name, { params: { id }, body: {}, key: keyFor([id, name]) }),
    onError: refused,
    onSuccess: ({ message: words }) => {
      message.success(words);
      void cache.invalidateQueries({ queryKey: ['import', id] });
      void cache.invalidateQueries({ queryKey: ['vacancies'] });
    },
  });
  if (error && !data)
    return (
      <div className="page">
        <Failed whole error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data) return <Loading />;
  const one = data.import;
  const ready = one.fresh + one.changed;
  return (
    <Page
      title={one.fileName}
      hint={`${stampText(one.at)}，${one.who}`}
      tools={
        <>
          <Link to="/vacancies/imports">回到导入记录</Link>
          {one.faulty > 0 && <Button href={`/api/vacancy-imports/${id}/faults`}>下载有错误的行</Button>}
          {one.state === 'preview' && (
            <>
              <Button loading={move.isPending} onClick={() => move.mutate('cancelVacancyImport')}>
                不导入
              </Button>
              {ready > 0 && (
                <Button type="primary" loading={move.isPending} onClick={() => move.mutate('keepVacancyImport')}>
                  导入{ready}个岗位
                </Button>
              )}
            </>
          )}
        </>
      }
    >
      {move.error ? <Refused trouble={troubleOf(move.error)} /> : null}
      {one.fault && (
        <div className="box box-warn" role="alert">
          <b>这个文件不能导入：</b>
          {one.fault}
        </div>
      )}
      <Box title={one.stateText}>
        <Counts one={one} />
        {one.state === 'keeping' && (
          <Progress percent={Math.floor((one.kept / Math.max(1, one.kept + one.fresh + one.changed)) * 100)} />
        )}
        {moving(one.state) && (
          <p className="quiet" role="status">
            {one.state === 'keeping' ? `已导入${one.kept}个。` : `已核对${one.rows}行。`}可以离开这个页面，回来再看。
          </p>
        )}
      </Box>
      {one.rows > 0 && !moving(one.state) && (
        <Box
          title="逐行结果"
          tools={
            <Select
              aria-label="按结果筛选"
              allowClear
              placeholder="全部"
              value={outcome}
              options={[...outcomes]}
              className="office-select"
              onChange={(next?: Outcome) => {
                setOutcome(next);
                setAfter(0);
              }}
            />
          }
        >
          <Rows rows={data.rows} />
          <p className="more">
            {after > 0 && <Button onClick={() => setAfter(0)}>从头看</Button>}{' '}
            {data.next !== undefined && <Button onClick={() => setAfter(data.next ?? 0)}>下一页</Button>}
          </p>
        </Box>
      )}
    </Page>
  );
}

function Counts({ one }: { one: Import }) {
  const counts = [
    ['行数', one.rows],
    ['新岗位', one.fresh],
    ['修改', one.changed],
    ['没有变化', one.same],
    ['有错误', one.faulty],
    ['已导入', one.kept],
  ] as const;
  return (
    <dl className="import-counts">
      {counts.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd className="num">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Rows({ rows }: { rows: readonly Row[] }) {
  if (rows.length === 0) return <Empty title="没有这样的行" />;
  return (
    <Table<Row>
      size="small"
      rowKey="line"
      pagination={false}
      scroll={{ x: 860 }}
      dataSource={[...rows]}
      columns={[
        { title: '行', dataIndex: 'line', width: 64, className: 'num' },
        { title: '单位', dataIndex: 'employerName', width: 200 },
        { title: '岗位', dataIndex: 'title', width: 130 },
        { title: '工资、人数', dataIndex: 'text', className: 'num', width: 160 },
        {
          title: '结果',
          width: 120,
          render: (_, row) => (
            <span
              className={`tag ${row.outcome === 'faulty' ? 'tag-late' : row.outcome === 'kept' ? 'tag-clear' : ''}`}
            >
              {row.outcomeText}
            </span>
          ),
        },
        { title: '要改的、要核实的', render: (_, row) => row.faults || row.warnings.join('') },
      ]}
    />
  );
}
