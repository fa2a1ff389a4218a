import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Link } from 'react-router';
import { useMay } from '../../session/use-session.ts';
import { alarmsQuery } from './alarms-query.ts';
import { recordState } from './states.ts';

/** What the exchange puts on 今日: alarms for whoever sends, records to mend for the office that owns them. Nothing, no box. */
export function ExchangeToday() {
  const may = useMay();
  return (
    <>
      {may('exchange.send') && <AlarmsToday />}
      {(may('registration.correct') || may('exit.review')) && <ToMendToday />}
    </>
  );
}

function AlarmsToday() {
  const { data } = useQuery(alarmsQuery);
  if (!data || data.alarms.length === 0) return null;
  return (
    <section className="today-kind" aria-labelledby="today-alarms">
      <h2 id="today-alarms">
        <Link to="/exchange">数据交换告警</Link>
      </h2>
      <dl>
        <div className="count count-late">
          <dt>告警</dt>
          <dd className="num">
            <Link to="/exchange">{data.alarms.length}</Link>
          </dd>
        </div>
      </dl>
      <ul className="today-first">
        {data.alarms.slice(0, 5).map((alarm) => (
          <li key={`${alarm.kind}${alarm.date ?? ''}${alarm.text}`}>{alarm.text}</li>
        ))}
      </ul>
    </section>
  );
}

function ToMendToday() {
  const { data } = useQuery({
    queryKey: ['to-mend', 'first'],
    queryFn: ({ signal }) => call('getRecordsToMend', { query: { limit: 5 }, signal }),
    refetchInterval: 60_000,
  });
  if (!data || data.count === 0) return null;
  return (
    <section className="today-kind" aria-labelledby="today-to-mend">
      <h2 id="today-to-mend">
        <Link to="/to-mend">退出数据更正</Link>
      </h2>
      <dl>
        <div className="count count-late">
          <dt>待更正</dt>
          <dd className="num">
            <Link to="/to-mend">{data.count}</Link>
            <span className="unit">条</span>
          </dd>
        </div>
      </dl>
      <ol className="today-first">
        {data.items.map((item) => (
          <li key={item.exitId}>
            <Link to="/to-mend">{item.name || item.serial}</Link>
            <span className="tag tag-late">{recordState(item.state)[0]}</span>
            <span className="quiet">{item.faults[0]?.message}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
