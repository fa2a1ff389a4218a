import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Box } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { MendDialog } from './mend-dialog.tsx';

export type Difference = Answer<'getDifferences'>['items'][number];
type State = Difference['state'];

const tabs: readonly (readonly [state: State, text: string])[] = [
  ['open', '待处理'],
  ['told', '已告知平台'],
  ['solved', '已消除'],
];
const empty: Readonly<Record<State, readonly [title: string, more: string]>> = {
  open: ['没有待处理的差异', '每晚对账十天；上传或更正后可以随时再对。'],
  told: ['没有等平台处理的差异', '告知平台运行方后，差异在平台更正、重新对账后消除。'],
  solved: ['近十日没有消除的差异', ''],
};
const mendTexts: Readonly<Record<Difference['mend'], string>> = {
  send: '重新上传',
  askReceipt: '查回执',
  takeSent: '改回已上报的内容',
  tell: '已告知平台',
};

/** 对账差异: person by person what differs from the platform, what happened, what to do, and a button that does it. */
export function Differences({ on }: { on?: string }) {
  const may = useMay();
  const [state, setState] = useState<State>('open');
  const [mending, setMending] = useState<{ difference: Difference; mend: Difference['mend'] }>();
  const list = useInfiniteQuery({
    queryKey: ['exchange-differences', on ?? '', state],
    queryFn: ({ pageParam, signal }) =>
      call('getDifferences', { query: { after: pageParam || undefined, on, state, limit: 20 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  const counts = list.data?.pages[0]?.counts;
  const why = may('exchange.mend') ? undefined : '您的角色只能查看，不能处理差异。';
  return (
    <Box
      title={on ? `对账差异：${on}` : '对账差异'}
      id="differences"
      tools={
        <Segmented
          aria-label="差异的状态"
          value={state}
          onChange={(value) => setState(value as State)}
          options={tabs.map(([value, text]) => ({ value, label: counts ? `${text} ${counts[value]}` : text }))}
        />
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={empty[state][0]}>{empty[state][1]}</Empty>
      ) : (
        <ul className="checks">
          {items.map((one) => (
            <Row key={one.id} one={one} why={why} mend={(mend) => setMending({ difference: one, mend })} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <p className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            加载更多
          </Button>
        </p>
      )}
      {mending && <MendDialog {...mending} close={() => setMending(undefined)} />}
    </Box>
  );
}

function Row({
  one,
  why,
  mend,
}: {
  one: Difference;
  why: string | undefined;
  mend: (mend: Difference['mend']) => void;
}) {
  const solved = one.state === 'solved';
  return (
    <li className={`difference check ${solved ? '' : 'check-open'}`}>
      <div className="check-head">
        <b>{one.title}</b>
        {one.exitId ? (
          <Link to={`/exchange/records/${one.exitId}`}>{one.name || one.serial}</Link>
        ) : (
          one.serial && <span className="num">{one.serial}</span>
        )}
        <span className="quiet num">{one.date}</span>
        <span className="quiet">{one.officeName}</span>
        {solved && <span className="tag tag-clear">已消除</span>}
        {one.state === 'told' && <span className="tag tag-near">等平台处理</span>}
      </div>
      <p>{one.happened}</p>
      {!solved && <p className="quiet">建议：{one.proposal}</p>}
      {one.facts.length > 0 && (
        <p className="quiet num small">
          {one.facts
            .map(({ name, value }) => `${name} ${value.length > 20 ? `${value.slice(0, 16)}…` : value}`)
            .join('，')}
        </p>
      )}
      {(one.act || solved) && (
        <p className="small">
          {one.act && (
            <>
              <span className="num">{stampText(one.act.at)}</span> {one.act.who}：{one.act.text}
              {one.act.note && `（${one.act.note}）`}。
            </>
          )}
          {one.solvedAt && (
            <>
              <span className="num">{stampText(one.solvedAt)}</span> {one.act ? '重新对账一致。' : '再次对账时已一致。'}
            </>
          )}
        </p>
      )}
      {!solved && (
        <div className="difference-act">
          {one.state === 'open' && one.mend !== 'tell' && (
            <ActionButton small primary why={why} onClick={() => mend(one.mend)}>
              {mendTexts[one.mend]}
            </ActionButton>
          )}
          <ActionButton small why={why} onClick={() => mend('tell')}>
            {one.state === 'told' ? '再记一次告知' : '已告知平台…'}
          </ActionButton>
          {one.batchId && <Link to={`/exchange/batches/${one.batchId}`}>看批次凭据</Link>}
        </div>
      )}
    </li>
  );
}
