import { useQuery } from '@tanstack/react-query';
import { share } from '@yingdeng/rules/statistics/service-sheet.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Link, useSearchParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Page } from '../../parts/page.tsx';
import { Sparkline } from '../../parts/sparkline.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { PlacePath } from './place-path.tsx';
import { countText, rateText } from './words.ts';
import './reports.css';

type Answered = Answer<'getSituation'>;
type Figures = Answered['total'];

/** So often the figures are asked for again while the page is looked at. */
const AGAIN_MS = 15_000;

/** 情况: how a place stands now, and what lies below it, down to the communities. */
export default function Situation() {
  const [search] = useSearchParams();
  const place = search.get('place') ?? undefined;
  const { data, error, refetch } = useQuery({
    queryKey: ['situation', place],
    queryFn: ({ signal }) => call('getSituation', { query: { place }, signal }),
    refetchInterval: AGAIN_MS,
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const { total, period, denominator } = data;
  return (
    <Page
      title={`${data.place.name}登记失业情况`}
      hint={
        <>
          {stampText(data.at)}的实时数。本期自{period.from}起，至{period.to}的24时。
          <Link to={`/trends?place=${data.place.code}`}>各期趋势</Link>
        </>
      }
    >
      <PlacePath to="/situation" path={data.path} />
      <dl className="report-facts situation-facts">
        <Fact name="在册登记失业人员" value={countText(total.stock)} />
        <Fact name="本期新登记" value={countText(total.new)} />
        <Fact name="本期退出" value={countText(total.exits)} />
        <Fact
          name="登记失业率"
          value={rateText(total.rate)}
          note={
            denominator
              ? `城镇从业人员${countText(denominator.value)}人，${denominator.kindText}，截至${denominator.asOf}`
              : '没有填写城镇从业人员数'
          }
        />
        <Fact name="按时办结" {...keptOf(total.decided)} />
        <Fact name="按时首次联系" {...keptOf(total.contacted)} />
        <Fact name={`${Number(data.coverageMonth.slice(5))}月已跟踪`} {...keptOf(total.covered)} />
      </dl>
      <Below data={data} />
      <p className="quiet">
        按时办结、按时首次联系：期限在本期内、昨日以前到期的。已跟踪：本月整月在册的人员中，本月联系到的。
      </p>
    </Page>
  );
}

const percent = ({ due, kept }: Figures['decided']): string => {
  const part = share(kept, due);
  return part === undefined ? '—' : `${part.toFixed(1)}%`;
};
const keptOf = (of: Figures['decided']) => ({
  value: percent(of),
  note: of.due === 0 ? '没有到期的' : `${countText(of.kept)}／${countText(of.due)}`,
});

function Fact({ name, value, note }: { name: string; value: string; note?: string }) {
  return (
    <div>
      <dt className="quiet">{name}</dt>
      <dd>
        <b className="num">{value}</b>
        {note && <span className="quiet num">{note}</span>}
      </dd>
    </div>
  );
}

/** Places below, each with its own small picture of the months. */
function Below({ data }: { data: Answered }) {
  const { below, total, months } = data;
  if (below.length === 0) return <p className="quiet">以下没有机构。</p>;
  const rows = [{ code: '', name: '合计', opens: false, figures: total }, ...below];
  return (
    <table className="report-heads situation">
      <thead>
        <tr>
          <th scope="col">地区</th>
          <th scope="col">{months[0]}以来</th>
          {['在册', '新登记', '退出', '失业率', '按时办结', '按时联系', '已跟踪'].map((text) => (
            <th key={text} scope="col" className="num">
              {text}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, name, opens, figures }) => (
          <tr key={code} className={code ? undefined : 'situation-total'}>
            <th scope="row">{opens ? <Link to={`?place=${code}`}>{name}</Link> : name}</th>
            <td>
              <Sparkline
                values={figures.trend}
                words={`${name}期末人数：${months[0]}为${figures.trend[0] ?? 0}人，现在${figures.stock}人`}
              />
            </td>
            <Cell name="在册" value={countText(figures.stock)} />
            <Cell name="新登记" value={countText(figures.new)} />
            <Cell name="退出" value={countText(figures.exits)} />
            <Cell name="失业率" value={rateText(figures.rate)} />
            <Cell name="按时办结" value={percent(figures.decided)} />
            <Cell name="按时联系" value={percent(figures.contacted)} />
            <Cell name="已跟踪" value={percent(figures.covered)} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** On a phone, where the head is gone, each number says what it is. */
function Cell({ name, value }: { name: string; value: string }) {
  return (
    <td className="num" data-name={name}>
      {value}
    </td>
  );
}
