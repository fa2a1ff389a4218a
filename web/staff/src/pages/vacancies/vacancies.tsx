import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Input, type InputRef, Select, Table } from 'antd';
import { lazy, Suspense, useRef, useState } from 'react';
import { Link, useNavigate, useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { wageText } from './words.ts';
import './vacancy.css';

const VacancyForm = lazy(async () => ({ default: (await import('./vacancy-form.tsx')).VacancyForm }));

type Item = Answer<'getVacancies'>['items'][number];
const states = [
  { value: 'valid', label: '有效' },
  { value: 'ended', label: '已结束' },
  { value: 'all', label: '全部' },
  { value: 'doubted', label: '需要核实' },
];

/** 岗位: what employers of the city offer, found as people are found. */
export default function Vacancies() {
  const [query, setQuery] = useSearchParams();
  const [typed, setTyped] = useState(query.get('q') ?? '');
  const [at, setAt] = useState(0);
  const [entering, setEntering] = useState(false);
  const box = useRef<InputRef>(null);
  const narrow = useNarrow();
  const navigate = useNavigate();
  const may = useMay();
  const q = query.get('q') ?? '';
  const state = query.get('state') ?? 'valid';
  const list = useInfiniteQuery({
    queryKey: ['vacancies', q, state],
    queryFn: ({ pageParam, signal }) =>
      call('getVacancies', {
        query: {
          q: q || undefined,
          after: pageParam || undefined,
          ...(state === 'doubted'
            ? { state: 'valid' as const, doubted: 'yes' as const }
            : { state: state as 'valid' | 'ended' | 'all' }),
        },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const put = (name: string, value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace: true });
    setAt(0);
  };
  const open = (index: number) => items[index] && navigate(`/vacancies/${items[index].id}`);
  useShortcuts({
    '/': () => box.current?.focus({ cursor: 'all' }),
    n: () => may('vacancy.manage') && setEntering(true),
    r: () => void list.refetch(),
    down: () => setAt(Math.min(at + 1, Math.max(items.length - 1, 0))),
    up: () => setAt(Math.max(at - 1, 0)),
    open: () => open(at),
  });
  return (
    <Page
      title="岗位"
      hint="本市用人单位招聘的岗位，新录入的在前。过了有效期的自动不再推荐。"
      tools={
        may('vacancy.manage') && (
          <>
            <Button onClick={() => navigate('/vacancies/imports')}>批量导入</Button>
            <Button type="primary" onClick={() => setEntering(true)}>
              录入岗位
              <span className="key" aria-hidden="true">
                n
              </span>
            </Button>
          </>
        )
      }
    >
      <search className="vacancy-search">
        <Input.Search
          ref={box}
          value={typed}
          allowClear
          enterButton="查找"
          maxLength={40}
          aria-label="单位名称、岗位名称、拼音、首字母或岗位编号"
          placeholder="单位或岗位名称的开头、拼音、首字母、岗位编号"
          onChange={(event) => setTyped(event.target.value)}
          onSearch={(text) => put('q', text.trim())}
        />
        <Select
          aria-label="按状态筛选"
          value={state}
          options={states}
          onChange={(next: string) => put('state', next === 'valid' ? '' : next)}
        />
      </search>
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={q ? '没有找到' : '没有岗位'}>
          {q
            ? '按单位或岗位名称的开头查。结束了的岗位，把状态选为“全部”。'
            : '录入或批量导入以后，就能推荐给登记失业人员。'}
        </Empty>
      ) : narrow ? (
        <ul className="cards">
          {items.map((item) => (
            <li key={item.id}>
              <Link to={`/vacancies/${item.id}`} className="card">
                <span className="card-top">
                  <b>{item.title}</b>
                  <span className="num">{wageText(item)}元</span>
                </span>
                <span>{item.employerName}</span>
                <span className="quiet">
                  {item.placeText}，招{item.posts}人，{item.stateText}
                </span>
                {item.warnings.length > 0 && <span className="tag tag-near">需要核实</span>}
              </Link>
            </li>
          ))}
        </ul>
      ) : (
        <Table<Item>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={items}
          rowClassName={(_, index) => (index === at ? 'row row-current' : 'row')}
          onRow={(_, index = 0) => ({
            onClick: (event) => !(event.target as HTMLElement).closest('a') && open(index),
          })}
          columns={[
            {
              title: '岗位',
              render: (_, item) => (
                <>
                  <Link to={`/vacancies/${item.id}`}>{item.title}</Link>{' '}
                  {item.warnings.length > 0 && <span className="tag tag-near">需要核实</span>}
                </>
              ),
            },
            { title: '单位', dataIndex: 'employerName' },
            { title: '工作地点', dataIndex: 'placeText' },
            { title: '月工资（元）', render: (_, item) => wageText(item), className: 'num', width: 130 },
            { title: '招聘', render: (_, item) => `${item.posts}人`, className: 'num', width: 64 },
            { title: '要求', render: (_, item) => demands(item), width: 150 },
            { title: '有效期止', dataIndex: 'validTo', className: 'num', width: 104 },
            {
              title: '状态',
              width: 92,
              render: (_, item) => <span className={`tag ${item.valid ? 'tag-clear' : ''}`}>{item.stateText}</span>,
            },
          ]}
        />
      )}
      {list.hasNextPage && (
        <p className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            加载更多
          </Button>
        </p>
      )}
      <Suspense fallback={null}>{entering && <VacancyForm close={() => setEntering(false)} />}</Suspense>
    </Page>
  );
}

/** What is asked of a person, without what asks nothing. */
function demands({ educationText, skillText }: Item): string {
  return [educationText, skillText].filter((text) => text !== '不限').join('，') || '不限';
}
