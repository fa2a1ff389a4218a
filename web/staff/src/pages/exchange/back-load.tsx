import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Modal, Progress, Radio, Table } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText, useToday } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { Refused } from '../../parts/notice.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { More } from '../worklists/more.tsx';
import { Faults } from './faults.tsx';
import './inbound.css';
import { batchState, recordState } from './states.ts';
import { TellDrawer } from './tell-drawer.tsx';

type Loads = Answer<'getBackLoads'>;
type Load = Loads['loads'][number];
export type Target = Loads['targets'][number];
type County = Loads['counties'][number];

const stateTexts: Readonly<Record<Load['state'], readonly [text: string, tag: string]>> = {
  running: ['正在上传', 'near'],
  paused: ['已暂停', 'silent'],
  done: ['已做完', 'clear'],
};

/** 历史登记上传: what the law wants uploaded by when, how far it has come, what is to be mended (M79-7b, M79-8b, H122-3c). */
export default function BackLoad() {
  const may = useMay();
  const [starting, setStarting] = useState(false);
  const [telling, setTelling] = useState<Target | undefined>();
  const { data, error, refetch, isRefetching } = useQuery({
    queryKey: ['back-loads'],
    queryFn: ({ signal }) => call('getBackLoads', { signal }),
    refetchInterval: ({ state }) => (state.data?.loads.some((load) => load.state === 'running') ? 2_000 : 30_000),
  });
  useShortcuts({ r: () => void refetch() });
  const why = !may('exchange.send')
    ? '您的角色只能查看，不能上传。'
    : data?.transport === 'none'
      ? '尚未配置全国平台接口。'
      : undefined;
  return (
    <Page
      title="历史登记上传"
      hint={
        data?.transport === 'files'
          ? '把办过的失业登记分批写成文件，放进发件夹由专人送交，回执放回收件夹后自动处理。中断后从断处继续，不会重复。'
          : '把办过的失业登记分批上传全国平台。中断后从断处继续，已接收的不会重复上传。'
      }
      tools={
        <>
          <Button onClick={() => void refetch()} loading={isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
          <ActionButton why={why} primary onClick={() => setStarting(true)}>
            开始上传
          </ActionButton>
        </>
      }
    >
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <Targets targets={data.targets} tell={may('exchange.send') ? setTelling : undefined} />
          {data.loads.length === 0 ? (
            <Empty title="还没有上传过">点“开始上传”，默认上传{data.since}以来办理的登记。</Empty>
          ) : (
            <Runs loads={data.loads} why={why} />
          )}
          {data.counties.length > 0 && <Counties counties={data.counties} />}
          <ToMend />
          {data.loads.length > 0 && <Batches />}
          {telling && <TellDrawer target={telling} close={() => setTelling(undefined)} />}
          {starting && <Start since={data.since} close={() => setStarting(false)} />}
        </>
      )}
    </Page>
  );
}

/** Each target by itself: national and provincial are different uploads with different days (M79-7b, H122-3c). */
function Targets({ targets, tell }: { targets: readonly Target[]; tell: ((target: Target) => void) | undefined }) {
  if (targets.length === 0) return null;
  return (
    <ul className="targets">
      {targets.map((one) => (
        <li key={`${one.to}${one.by}`}>
          <b className="num">{one.by}</b>前，{one.toText}：{one.since && <span className="num">{one.since}以来</span>}
          {one.whomText}
          <span className="quiet">
            {' '}
            {one.citation.document} {one.citation.clause}
          </span>
          <TargetProgress target={one} />
          {!one.connected && (
            <div className="target-told">
              <span className="tag tag-silent">本系统没有接通，请在该系统办理</span>
              {tell && (
                <Button size="small" onClick={() => tell(one)}>
                  填写进度
                </Button>
              )}
            </div>
          )}
        </li>
      ))}
    </ul>
  );
}

function TargetProgress({ target: { progress, due, to, by, toText } }: { target: Target }) {
  if (!progress)
    return <p className="quiet small">{to === 'nationalPlatform' ? '还没有开始上传。' : '还没有填写进度。'}</p>;
  const { wanted, there, asOf, by: who } = progress;
  const share = wanted === 0 ? 100 : Math.floor((there * 100) / wanted);
  return (
    <>
      <Progress percent={share} status={due === 'met' ? 'success' : 'normal'} aria-label={`${toText}，${by}前的进度`} />
      <p className="quiet small">
        应办理<span className="num">{wanted}</span>人，已到{toText}
        <span className="num">{there}</span>人
        {due === 'late' && <span className="tone-late">，期限已过，还差{wanted - there}人</span>}
        {asOf && `，截至${asOf}，${who}填写`}
      </p>
    </>
  );
}

const runText = (load: Load) => (load.since ? `${load.since}以来办理的登记` : '全部有效的登记');

function Runs({ loads, why }: { loads: readonly Load[]; why?: string }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const steer = useMutation({
    mutationFn: (body: { run: string; to: 'pause' | 'resume' }) => call('steerBackLoad', { body }),
    onSuccess: (answer) => message.success(answer.message),
    onError: (error) => message.error(troubleOf(error).message),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['back-loads'] }),
  });
  return (
    <ul className="runs">
      {loads.map((load) => {
        const [text, tag] = stateTexts[load.state];
        const share = load.total === 0 ? 100 : Math.floor((load.passed * 100) / load.total);
        const to = load.state === 'running' ? 'pause' : 'resume';
        return (
          <li key={load.run} className="run">
            <div className="run-head">
              <b>{runText(load)}</b>
              <span className={`tag tag-${tag}`}>{text}</span>
              <ActionButton small why={why} onClick={() => steer.mutate({ run: load.run, to })}>
                {load.state === 'running' ? '暂停' : load.state === 'paused' ? '继续' : '再传更正过的'}
              </ActionButton>
            </div>
            <Progress
              percent={Math.min(share, 100)}
              status={load.state === 'running' ? 'active' : 'normal'}
              aria-label={`${runText(load)}的进度`}
            />
            <p className="quiet small">
              <span className="num">
                {Math.min(load.passed, load.total)}/{load.total}
              </span>
              人，{load.startedBy}于{stampText(load.startedAt)}开始
              {load.finishedAt && `，${stampText(load.finishedAt)}做完`}
            </p>
          </li>
        );
      })}
    </ul>
  );
}

const figures: readonly (readonly [key: keyof County, title: string])[] = [
  ['accepted', '平台已接收'],
  ['underWay', '等回执'],
  ['waiting', '待上传'],
  ['blocked', '有误'],
  ['returned', '退回'],
];

function Counties({ counties }: { counties: readonly County[] }) {
  const narrow = useNarrow();
  const value = (county: County, key: keyof County) => {
    const bad = (key === 'blocked' || key === 'returned') && Number(county[key]) > 0;
    return <span className={bad ? 'num tone-late' : county[key] === 0 ? 'num quiet' : 'num'}>{county[key]}</span>;
  };
  return (
    <Box title="各县（市、区）累计" id="counties">
      {narrow ? (
        <ul className="cards">
          {counties.map((county) => (
            <li key={county.division} className="card">
              <b>{county.name}</b>
              <span>
                {figures.map(([key, title]) => (
                  <span key={key} className="pair">
                    {title} {value(county, key)}
                  </span>
                ))}
              </span>
            </li>
          ))}
        </ul>
      ) : (
        <Table
          size="small"
          rowKey="division"
          pagination={false}
          dataSource={[...counties]}
          columns={[
            { title: '县（市、区）', dataIndex: 'name' },
            ...figures.map(([key, title]) => ({
              title,
              key,
              align: 'right' as const,
              width: 110,
              render: (_: unknown, county: County) => value(county, key),
            })),
            { title: '其中申领失保金', dataIndex: 'benefit', align: 'right', width: 140, className: 'num' },
          ]}
        />
      )}
    </Box>
  );
}

/** What offices have to mend: with check id and plain words, each leading to its case. */
function ToMend() {
  const may = useMay();
  const list = useInfiniteQuery({
    queryKey: ['back-loads', 'items'],
    queryFn: ({ pageParam, signal }) =>
      call('getBackLoadItems', { query: { after: pageParam || undefined, limit: 20 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  return (
    <Box title="有误和退回的登记" id="to-mend">
      <p className="hint">到业务页更正后，点“再传更正过的”。一条有误不影响其他。</p>
      <ul className="checks">
        {items.map((item) => (
          <li key={item.registrationId} className="check check-open">
            <div className="check-head">
              {may('application.read') ? (
                <Link to={`/cases/${item.applicationId}`}>{item.name}</Link>
              ) : (
                <b>{item.name}</b>
              )}
              <span className="tag tag-late">{recordState(item.state)[0]}</span>
              <span className="quiet">{item.officeName}</span>
            </div>
            <Faults faults={item.faults} />
            <p className="quiet num small">
              {item.serial}，{item.registeredOn}登记，上传{item.attempts}次
            </p>
          </li>
        ))}
      </ul>
      {list.hasNextPage && <More list={list} count={items.length} />}
    </Box>
  );
}

function Batches() {
  const narrow = useNarrow();
  const list = useInfiniteQuery({
    queryKey: ['back-loads', 'batches'],
    queryFn: ({ pageParam, signal }) =>
      call('getBackLoadBatches', { query: { after: pageParam || undefined, limit: 10 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (items.length === 0) return null;
  const receipt = (one: (typeof items)[number]) => one.receipt && <span className="num digest">{one.receipt}</span>;
  return (
    <Box title="批次和回执" id="batches">
      {narrow ? (
        <ul className="cards">
          {items.map((one) => (
            <li key={one.id} className="card">
              <span className="card-top">
                <b className="num">{one.id}</b>
                <span>{batchState(one.state)[0]}</span>
              </span>
              <span>
                {one.count}条，接收{one.accepted ?? '—'}
              </span>
              {receipt(one)}
              <span className="quiet num digest">SM3 {one.digest.slice(0, 16)}…</span>
            </li>
          ))}
        </ul>
      ) : (
        <Table
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={items}
          columns={[
            { title: '批次', dataIndex: 'id', className: 'num', width: 220 },
            { title: '条数', dataIndex: 'count', align: 'right', className: 'num', width: 76 },
            { title: '接收', render: (_, one) => one.accepted ?? '—', align: 'right', className: 'num', width: 76 },
            { title: '状态', render: (_, one) => batchState(one.state)[0], width: 96 },
            { title: '上传次数', dataIndex: 'attempts', align: 'right', className: 'num', width: 90 },
            { title: '回执', render: (_, one) => receipt(one) },
            {
              title: 'SM3摘要',
              render: (_, one) => (
                <span className="num quiet" title={one.digest}>
                  {one.digest.slice(0, 16)}…
                </span>
              ),
              width: 172,
            },
          ]}
        />
      )}
      {list.hasNextPage && <More list={list} count={items.length} />}
    </Box>
  );
}

function Start({ since, close }: { since: string; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const today = useToday();
  const [what, setWhat] = useState<'since' | 'valid'>('since');
  const [day, setDay] = useState(since);
  const start = useMutation({
    mutationFn: () => call('startBackLoad', { body: what === 'since' ? { since: day } : {} }),
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['back-loads'] });
      message.success(answer.message);
      close();
    },
  });
  return (
    <Modal
      open
      title="上传历史登记"
      onCancel={close}
      width={460}
      okText="开始"
      cancelText="取消"
      confirmLoading={start.isPending}
      okButtonProps={{ disabled: what === 'since' && (!day || (today !== undefined && day > today)) }}
      onOk={() => start.mutate()}
    >
      {start.error && <Refused trouble={troubleOf(start.error)} />}
      <Group legend="上传哪些">
        <Radio.Group
          className="choices"
          value={what}
          onChange={(event) => setWhat(event.target.value as 'since' | 'valid')}
        >
          <Radio value="since">某日以来办理的登记</Radio>
          <Radio value="valid">全部有效的登记</Radio>
        </Radio.Group>
      </Group>
      {what === 'since' && (
        <Field label="从哪天起" hint={`规定的日期是${since}。`}>
          <DateField value={day} onChange={setDay} />
        </Field>
      )}
    </Modal>
  );
}
