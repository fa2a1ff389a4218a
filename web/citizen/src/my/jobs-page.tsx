import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Link } from 'react-router';
import { Cite } from '../parts/cite.tsx';
import { Fault } from '../parts/fields.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import { JobResult } from './job-result.tsx';
import { JobWish } from './job-wish.tsx';
import { MyFrame } from './my-frame.tsx';
import { useEffectOnce } from './use-effect-once.ts';
import './jobs.css';

type Matching = NonNullable<Answer<'getMyJobs'>['matching']>;
type Match = Matching['matches'][number];
type Referral = Matching['referrals'][number];

/** 我的岗位: what fits, and why it is recommended (A21-4d). */
export function Page() {
  usePageTitle('我的岗位');
  return (
    <MyFrame heading="我的岗位">
      <Jobs />
    </MyFrame>
  );
}

/** The best few: a telephone is soon scrolled to its end. */
const SHOWN = 4;

function Jobs() {
  const jobs = useQuery({ queryKey: ['my', 'jobs'], queryFn: ({ signal }) => call('getMyJobs', { signal }) });
  const [asking, setAsking] = useState<Referral>();
  const [wishing, setWishing] = useState(false);
  const [all, setAll] = useState(false);
  if (jobs.isPending) return <Loading what="正在找适合您的岗位" />;
  if (jobs.isError) return <Failed error={jobs.error} again={() => void jobs.refetch()} />;
  const { matching } = jobs.data;
  if (!matching)
    return (
      <Empty heading="没有有效的登记" icon="form">
        <p>办好失业登记以后，这里会有适合您的岗位。</p>
        <Link className="button" to="/my">
          看我的登记
        </Link>
      </Empty>
    );
  const waiting = matching.referrals.filter((one) => one.state === 'open');
  const over = matching.referrals.filter((one) => one.state !== 'open');
  return (
    <div className="stack loose">
      <WishCard matching={matching} change={() => setWishing(true)} />
      {waiting.length > 0 && (
        <section className="stack" aria-label="正在等结果">
          <h2>正在等结果</h2>
          {waiting.map((one) => (
            <Waiting key={one.id} one={one} tell={() => setAsking(one)} />
          ))}
        </section>
      )}
      <section className="stack" aria-label="推荐给您的岗位">
        <h2>推荐给您的岗位</h2>
        {matching.matches.length === 0 ? (
          <p>现在没有合适的岗位。把想找的工作写得宽一些，再看看。</p>
        ) : (
          <>
            <p className="small soft">
              从全省{matching.valid}个岗位里挑的。只看职业、地点、工资、学历、技能，不看性别、年龄和户籍。
            </p>
            {matching.matches.slice(0, all ? undefined : SHOWN).map((match) => (
              <JobCard key={match.vacancy.id} match={match} registrationId={matching.registrationId} />
            ))}
            {!all && matching.matches.length > SHOWN && (
              <button type="button" className="button plain big" onClick={() => setAll(true)}>
                再看{matching.matches.length - SHOWN}个
              </button>
            )}
            <p className="small soft">
              <Cite {...matching.clause} />
            </p>
          </>
        )}
      </section>
      {over.length > 0 && (
        <section className="stack" aria-label="以前的推荐">
          <h2>以前的推荐</h2>
          <ul className="rows">
            {over.map((one) => (
              <li key={one.id}>
                <strong>{one.title}</strong>，{one.employerName}
                <br />
                <span className="soft">
                  {one.stateText}
                  {one.reason && `：${one.reason}`}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {wishing && <JobWish matching={matching} onClose={() => setWishing(false)} />}
      {asking && (
        <JobResult referral={asking} registrationId={matching.registrationId} onClose={() => setAsking(undefined)} />
      )}
    </div>
  );
}

function WishCard({ matching, change }: { matching: Matching; change: () => void }) {
  const { wish } = matching;
  return (
    <div className="card stack">
      <dl className="job-facts">
        <div>
          <dt>想找</dt>
          <dd>{wish.wishTexts.join('、') || '还没有说'}</dd>
        </div>
        <div>
          <dt>会做</dt>
          <dd>{wish.trainedTexts.join('、') || '还没有说'}</dd>
        </div>
        <div>
          <dt>希望月工资</dt>
          <dd>{wish.wage ? `${wish.wage}元` : '还没有说'}</dd>
        </div>
      </dl>
      <p>
        <button type="button" className="button plain" onClick={change}>
          {wish.source === 'read' ? '不准？改一改' : '改一改'}
        </button>
      </p>
    </div>
  );
}

function Waiting({ one, tell }: { one: Referral; tell: () => void }) {
  return (
    <div className="card stack">
      <div>
        <strong>{one.title}</strong>
        <br />
        {one.employerName}，{one.placeText}
      </div>
      <p>
        单位电话 <a href={`tel:${one.telephone}`}>{one.telephone}</a>
      </p>
      {one.told ? (
        <p className="soft">您说过结果了，工作人员会记下。</p>
      ) : (
        <p className="soft">{dayText(one.askDue)}前，工作人员会问您结果。</p>
      )}
      <p>
        <button type="button" className="button" onClick={tell}>
          {one.told ? '改一下结果' : '告诉我们结果'}
        </button>
      </p>
    </div>
  );
}

function JobCard({ match, registrationId }: { match: Match; registrationId: string }) {
  const { vacancy } = match;
  const { run, busy, fault } = useEffectOnce(() => undefined);
  const wage = vacancy.wageFrom === vacancy.wageTo ? vacancy.wageFrom : `${vacancy.wageFrom}–${vacancy.wageTo}`;
  const send = () =>
    void run((key) => call('tryVacancy', { params: { id: registrationId }, body: { vacancyId: vacancy.id }, key }));
  return (
    <article className="card stack job">
      <div className="job-head">
        <h3>{vacancy.title}</h3>
        <strong className="job-wage">每月{wage}元</strong>
      </div>
      <p>
        {vacancy.employerName}
        <br />
        <span className="soft">
          {vacancy.placeText}
          {vacancy.workPlace}，招{vacancy.posts}人
        </span>
      </p>
      <div>
        <p className="job-why">为什么推荐给我</p>
        <ul className="job-points">
          {match.points.map((point) => (
            <li key={point.name}>{point.why}</li>
          ))}
        </ul>
        {match.cautions.length > 0 && (
          <ul className="job-points job-cautions">
            {match.cautions.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
      </div>
      {vacancy.description && (
        <details>
          <summary>岗位说明</summary>
          <p className="job-text">{vacancy.description}</p>
        </details>
      )}
      {fault && <Fault>{fault}</Fault>}
      {match.referred ? (
        <p className="note good">
          已经记下您想试试。单位电话 <a href={`tel:${vacancy.telephone}`}>{vacancy.telephone}</a>
        </p>
      ) : (
        <button type="button" className="button big" aria-disabled={busy} onClick={send}>
          {busy ? '正在提交…' : '我想试试'}
        </button>
      )}
    </article>
  );
}
