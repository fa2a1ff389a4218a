import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented } from 'antd';
import { Link, useParams, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Clause } from '../../parts/clause.tsx';
import { Refused } from '../../parts/notice.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { countText, monthText } from './words.ts';
import './reports.css';

type Compared = Answer<'getReportConsistency'>;
type Side = Compared['sides'][number]['side'];

const tabTexts: Readonly<Record<Side, string>> = {
  registers: '登记记录',
  exits: '退出上传',
  registrations: '审核结果上传',
};

/** 核对: the report beside registers and platform, as last compared; a whole by what lies below it, a county by each person who differs. */
export default function Consistency() {
  const { division = '', month = '' } = useParams();
  const cache = useQueryClient();
  const queryKey = ['report-consistency', division, month];
  const { data, error, refetch } = useQuery({
    queryKey,
    queryFn: ({ signal }) => call('getReportConsistency', { params: { division, month }, signal }),
    refetchInterval: ({ state }) => ((state.data?.waiting ?? 0) > 0 ? 1_500 : false),
  });
  const ask = useMutation({
    mutationFn: () => call('compareReport', { params: { division, month }, body: {} }),
    onSuccess: (answer) => cache.setQueryData(queryKey, answer),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const why =
    data.of === 0 ? '还没有算出数字，不能核对。' : data.waiting > 0 ? '正在核对，完成后可以重新核对。' : undefined;
  return (
    <Page
      title={`${data.name}月报核对`}
      hint={
        <>
          {monthText(month)}。与现在的登记记录、全国平台已接收的数据核对，不改动报表。
          <Link to={`/reports/${division}/${month}`}>回到月报</Link>
        </>
      }
      tools={
        <ActionButton why={why} primary={data.done === 0} onClick={() => ask.mutate()}>
          {data.done + data.waiting === 0 ? '开始核对' : '重新核对'}
        </ActionButton>
      }
    >
      {ask.error && <Refused trouble={troubleOf(ask.error)} />}
      <Progress data={data} />
      {data.seal && <Seal seal={data.seal} />}
      {data.done > 0 && <Sides sides={data.sides} />}
      {data.parts.length > 0 && <Parts parts={data.parts} month={month} />}
      {data.parts.length === 0 && data.done > 0 && (
        <Differing key={data.since} division={division} month={month} sides={data.sides} since={data.since ?? ''} />
      )}
    </Page>
  );
}

/** How far it has come, in one sentence. */
function Progress({ data }: { data: Compared }) {
  const { of, done, waiting, since, why, parts } = data;
  const counties = parts.length > 0 ? `${done}个县（市、区）已核对` : '';
  const words =
    of === 0
      ? '还没有算出数字，不能核对。'
      : waiting > 0
        ? `正在核对${of > 1 ? `：共${of}个县（市、区），完成${of - waiting}个` : ''}……`
        : why
          ? `没有核对成：${why}`
          : done === 0
            ? '还没有核对过。'
            : [counties, since && `${parts.length > 0 ? '最早一处' : '核对'}时间${stampText(since)}`]
                .filter(Boolean)
                .join('，');
  return (
    <p className={why && waiting === 0 ? 'verdict verdict-bad' : 'report-when'} role="status">
      {words}
      {waiting > 0 && of > 1 && (
        <progress className="report-progress" max={of} value={of - waiting} aria-label="进度" />
      )}
    </p>
  );
}

/** Whether the digests of sealed reports, recomputed, are what they were: one line, or each fault. */
function Seal({ seal: { reports, faults } }: { seal: NonNullable<Compared['seal']> }) {
  if (faults.length === 0)
    return (
      <p className="verdict">
        封存核验：{reports > 1 ? `${reports}份封存的报表` : '报表已封存'}，重新计算摘要和数字，与封存时一致。
      </p>
    );
  return (
    <div className="verdict verdict-bad" role="alert">
      封存核验：有不一致的地方。
      <ul>
        {faults.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
    </div>
  );
}

/** Each side with both numbers; a whole's are sums of the counties that are compared. */
function Sides({ sides }: { sides: Compared['sides'] }) {
  return (
    <table className="report-sides">
      <thead>
        <tr>
          <th scope="col">核对</th>
          <th scope="col">报表</th>
          <th scope="col">对方</th>
          <th scope="col">差异</th>
        </tr>
      </thead>
      <tbody>
        {sides.map(({ side, text, clause, counted, there, differing }) => (
          <tr key={side}>
            <th scope="row">
              {text} <Clause id={clause} />
            </th>
            <td className="num">{countText(counted)}</td>
            <td className="num">{countText(there)}</td>
            <td className="num">{differing === 0 ? '无' : countText(differing)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What lies directly below, each with the way to its own page. */
function Parts({ parts, month }: { parts: Compared['parts']; month: string }) {
  return (
    <>
      <h2 className="report-part">所辖各地</h2>
      <table className="report-heads report-parts">
        <thead>
          <tr>
            <th scope="col">地区</th>
            <th scope="col">核对情况</th>
            <th scope="col" className="num">
              差异
            </th>
          </tr>
        </thead>
        <tbody>
          {parts.map((part) => (
            <tr key={part.division}>
              <th scope="row">
                <Link to={`/reports/${part.division}/${month}/consistency`}>{part.name}</Link>
              </th>
              <td>{stateText(part)}</td>
              <td className="num" data-name="差异">
                {part.done === 0 ? '—' : part.differing === 0 ? '无' : countText(part.differing)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function stateText({ of, done, waiting, why }: Compared['parts'][number]): string {
  if (of === 0) return '还没有算出数字';
  if (waiting > 0) return of > 1 ? `正在核对，完成${of - waiting}/${of}` : '正在核对';
  if (why) return `没有核对成：${why}`;
  if (done === 0) return '没有核对';
  return done < of ? `已核对${done}/${of}` : '已核对';
}

/** Who differs, one side at a time, fifty at a time; that somebody looked is recorded. */
function Differing({
  division,
  month,
  sides,
  since,
}: {
  division: string;
  month: string;
  sides: Compared['sides'];
  since: string;
}) {
  const [search, setSearch] = useSearchParams();
  const some = sides.filter(({ differing }) => differing > 0);
  const asked = some.find(({ side }) => side === search.get('side')) ?? some[0];
  if (!asked) return <Empty title="三方一致" />;
  return (
    <Box title="有差异的人员">
      {some.length > 1 && (
        <Segmented<Side>
          className="report-side"
          value={asked.side}
          onChange={(side) => setSearch({ side }, { replace: true })}
          options={some.map(({ side, differing }) => ({
            value: side,
            label: `${tabTexts[side]} ${countText(differing)}`,
          }))}
        />
      )}
      <People division={division} month={month} side={asked.side} since={since} />
    </Box>
  );
}

function People({ division, month, side, since }: { division: string; month: string; side: Side; since: string }) {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: ['report-differences', division, month, side, since],
    initialPageParam: 0,
    queryFn: ({ signal, pageParam }) =>
      call('getReportDifferences', { params: { division, month }, query: { side, after: pageParam }, signal }),
    getNextPageParam: (page) => page.next,
  });
  if (error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <>
      <ul className="report-persons">
        {data.pages
          .flatMap(({ items }) => items)
          .map((one) => (
            <li key={one.registrationId + one.text}>
              <b>{one.name}</b>
              <span className="num">{one.idMasked}</span>
              <span className="quiet">{one.officeName}</span>
              <span>
                {one.text}
                {one.explained && <span className="quiet">（截取以后有记录说明，报表不变）</span>}
              </span>
            </li>
          ))}
      </ul>
      {hasNextPage && (
        <Button loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          再看50人
        </Button>
      )}
    </>
  );
}
