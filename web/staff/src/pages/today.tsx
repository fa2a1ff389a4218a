import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Link, Navigate } from 'react-router';
import { useShortcuts } from '../lib/shortcuts.ts';
import { Due } from '../parts/due.tsx';
import { Page } from '../parts/page.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { useMay, useSession } from '../session/use-session.ts';
import { menuFor } from '../shell/menu.ts';
import { ExchangeToday } from './exchange/today-part.tsx';
import { listAddress } from './worklists/kinds.ts';

type Route = 'getDecisionWorklist' | 'getForwardedWorklist' | 'getContactWorklist' | 'getExitWorklist';

const kinds = {
  decision: {
    route: 'getDecisionWorklist',
    to: '/decisions',
    text: '待办结的申请',
    open: '件',
    action: 'application.read',
  },
  forwarded: {
    route: 'getForwardedWorklist',
    to: '/forwarded',
    text: '平台转办',
    open: '件',
    action: 'application.read',
  },
  contact: { route: 'getContactWorklist', to: '/contacts', text: '待首次联系', open: '人', action: 'contact.read' },
  exit: { route: 'getExitWorklist', to: '/exits', text: '待处理的退出', open: '件', action: 'registration.read' },
} as const;

/** The day at a glance: what is late, what is near, what is open, here and below. */
export default function Today() {
  const may = useMay();
  const { data: session } = useSession();
  const allowed = may('application.read');
  const { data, error, refetch } = useQuery({
    queryKey: ['today'],
    queryFn: ({ signal }) => call('getToday', { signal }),
    enabled: allowed,
    refetchInterval: 60_000,
  });
  useShortcuts({ r: () => void refetch() });
  if (!allowed) return <Elsewhere />;
  return (
    <Page title="今日" hint={data && `${dayText(data.on)}，${session?.office?.officeName ?? ''}及以下`}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading />}
      {data && (
        <div className="today">
          {data.counts
            .filter(({ kind }) => may(kinds[kind].action))
            // An office that the platform sends nothing has nothing to see there.
            .filter(({ kind, open, faulty, returned }) => kind !== 'forwarded' || open > 0 || faulty || returned)
            .map(({ kind, open, near, late, mine, review = 0, faulty = 0, returned = 0 }) => (
              <section className="today-kind" key={kind} aria-labelledby={`today-${kind}`}>
                <h2 id={`today-${kind}`}>
                  <Link to={kinds[kind].to}>{kinds[kind].text}</Link>
                </h2>
                <dl>
                  {/* An exit has no day of its own: it waits for an answer, or can be dealt with. */}
                  {kind !== 'exit' && (
                    <div className={late > 0 ? 'count count-late' : 'count'}>
                      <dt>已逾期</dt>
                      <dd className="num">
                        {late > 0 ? <Link to={listAddress(kind, { state: 'late' })}>{late}</Link> : late}
                      </dd>
                    </div>
                  )}
                  <div className={near > 0 ? 'count count-near' : 'count'}>
                    <dt>{kind === 'exit' ? '可以办理' : '将到期'}</dt>
                    <dd className="num">
                      {near > 0 ? <Link to={listAddress(kind, { state: 'near' })}>{near}</Link> : near}
                    </dd>
                  </div>
                  <div className="count">
                    <dt>共待办</dt>
                    <dd className="num">
                      {open}
                      <span className="unit">{kinds[kind].open}</span>
                    </dd>
                  </div>
                </dl>
                {(mine > 0 || review > 0 || faulty > 0 || returned > 0) && (
                  <p className="count-mine">
                    {mine > 0 && <Link to={listAddress(kind, { assigned: 'mine' })}>我经办的{mine}件</Link>}
                    {faulty > 0 && <Link to="/forwarded#faulty">未能受理的{faulty}件</Link>}
                    {returned > 0 && <Link to="/forwarded#returned">平台退回的结果{returned}件</Link>}
                    {review > 0 && <Link to={listAddress(kind, { state: 'review' })}>等您复核的{review}件</Link>}
                  </p>
                )}
                <p className="today-go">
                  {open === 0 ? '没有待办。' : kind === 'exit' ? '最先提出的：' : '期限早的：'}
                </p>
                <First route={kinds[kind].route} open={open} />
              </section>
            ))}
          {may('contact.read') && <Month />}
          <Others lists={data.lists} />
          <ExchangeToday />
        </div>
      )}
    </Page>
  );
}

type List = Answer<'getToday'>['lists'][number];

const others: Readonly<Record<List['list'], { text: string; to: string; unit: string }>> = {
  planSteps: { text: '计划待办', to: '/plan-steps', unit: '条' },
  withoutPlan: { text: '就业困难人员还没有计划', to: '/plan-steps', unit: '人' },
  difficulties: { text: '困难认定', to: '/difficulties', unit: '件' },
  referrals: { text: '回访求职结果', to: '/referrals', unit: '人次' },
  introduce: { text: '一件事：职业介绍', to: '/matters', unit: '件' },
  carry: { text: '一件事：人工转送', to: '/matters?stage=carry', unit: '件' },
  answer: { text: '一件事：等答复', to: '/matters?stage=answer', unit: '件' },
  check: { text: '一件事：停发核实', to: '/matters?stage=check', unit: '件' },
  servedFirst: { text: '参照服务对象：首次联系', to: '/served', unit: '人' },
  transfers: { text: '跨市转移：待答复', to: '/transfers', unit: '件' },
  credit: { text: '信用记录：待决定、待答复', to: '/credit', unit: '件' },
  servedMonth: { text: '参照服务对象：本月待跟踪', to: '/served?stage=month', unit: '人' },
};

/** What else is owed, a line a list; a list in which nothing stands has none. */
function Others({ lists }: { lists: readonly List[] }) {
  if (lists.length === 0) return null;
  return (
    <section className="today-kind" aria-labelledby="today-others">
      <h2 id="today-others">其他待办</h2>
      <ul className="today-others">
        {lists.map(({ list, open, near, late, mine = 0 }) => (
          <li key={list}>
            <Link to={others[list].to}>{others[list].text}</Link>
            <span className="num">
              {open}
              {others[list].unit}
            </span>
            {(late > 0 || near > 0 || mine > 0) && (
              <span className="quiet">
                {late > 0 && <b className="late">已逾期{late}</b>}
                {near > 0 && <b className="near">将到期{near}</b>}
                {mine > 0 && <Link to="/plan-steps?officer=mine">我负责的{mine}条</Link>}
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The month's follow-ups: how many people nobody has reached yet, and until when (A21-5b, M79-4a). */
function Month() {
  const { data } = useQuery({
    queryKey: ['coverage', ''],
    queryFn: ({ signal }) => call('getCoverage', { query: {}, signal }),
  });
  if (!data) return null;
  const registered = data.offices.reduce((sum, one) => sum + one.registered, 0);
  const seen = data.offices.reduce((sum, one) => sum + one.seen, 0);
  return (
    <section className="today-kind" aria-labelledby="today-month">
      <h2 id="today-month">
        <Link to="/follow-ups">每月跟踪</Link>
      </h2>
      <dl>
        <div className={registered > seen ? 'count count-near' : 'count'}>
          <dt>还差</dt>
          <dd className="num">
            {registered > seen ? <Link to="/follow-ups?view=missing">{registered - seen}</Link> : 0}
            <span className="unit">人</span>
          </dd>
        </div>
        <div className="count">
          <dt>已跟踪</dt>
          <dd className="num">{seen}</dd>
        </div>
        <div className="count">
          <dt>全月在册</dt>
          <dd className="num">{registered}</dd>
        </div>
      </dl>
      <p className="today-go">{data.month.replace('-', '年')}月，月底前每人至少一次。</p>
    </section>
  );
}

/** A role without worklists begins at what it has. */
function Elsewhere() {
  const { data } = useSession();
  const [first] = menuFor(data?.actions ?? []).flatMap((group) => group.entries);
  if (first) return <Navigate to={first.to} replace />;
  return (
    <Page title="今日">
      <Empty title="您的账号还没有可用的功能">请联系系统管理员。</Empty>
    </Page>
  );
}

/** The first of a list, so that the day can begin with one click. */
function First({ route, open }: { route: Route; open: number }) {
  const { data } = useQuery({
    queryKey: ['worklist', route, 'first'],
    queryFn: ({ signal }) => call(route, { query: { limit: 5 }, signal }),
    enabled: open > 0,
  });
  if (!data?.items.length) return null;
  return (
    <ol className="today-first">
      {data.items.map((item) => (
        <li key={item.id}>
          <Link to={`/cases/${item.id}`}>{item.name}</Link>
          {item.dueOn && <Due on={item.dueOn} state={item.state} />}
          <span className="quiet">{item.note}</span>
        </li>
      ))}
    </ol>
  );
}
