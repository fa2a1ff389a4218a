import { instantText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { nameOf } from '../parts/list-names.ts';
import { OfficeLine } from '../parts/office-line.tsx';
import { StatusCard } from '../parts/status-card.tsx';
import { ExitQuestion } from './exit-question.tsx';
import { MattersCard } from './matters-card.tsx';
import { ReportExit } from './report-exit.tsx';
import { Withdraw } from './withdraw.tsx';

/** One case of the worker. */
export type WorkerCase = Answer<'getMyCases'>['cases'][number];

const grouped = (number: string) => number.replace(/(\d{4})(?=\d)/g, '$1 ');

/** Everything about one case, the most urgent first. */
export function CaseView({ one }: { one: WorkerCase }) {
  const [dialog, setDialog] = useState<'withdraw' | 'report' | undefined>();
  return (
    <section className="stack" aria-label={`受理编号${one.number}`}>
      {one.exitQuestion && <ExitQuestion question={one.exitQuestion} />}
      <StatusCard
        status={one.status}
        due={one.due}
        above={
          <>
            {one.registrationNumber ? '登记编号 ' : '受理编号 '}
            <span className="number">{grouped(one.registrationNumber ?? one.number)}</span>
          </>
        }
      >
        <OfficeLine name={one.officeName} telephone={one.officeTelephone} />
      </StatusCard>

      <MattersCard applicationId={one.applicationId} />

      {(one.canReportExit || one.canWithdraw) && (
        <div className="actions">
          {one.canReportExit && (
            <button type="button" className="button" onClick={() => setDialog('report')}>
              我找到工作了，或情况变了
            </button>
          )}
          {one.canWithdraw && (
            <button type="button" className="button plain" onClick={() => setDialog('withdraw')}>
              撤回申请
            </button>
          )}
        </div>
      )}

      <div className="actions">
        {one.registrationId && (
          <Paper href={`/api/my/registrations/${one.registrationId}/certificate.pdf`} name="下载登记凭证" />
        )}
        {/* The lists are handed over in the interview: from then on there is a sheet to take home. */}
        {one.registrationId && one.lists.length > 0 && (
          <Paper href={`/api/my/registrations/${one.registrationId}/interview.pdf`} name="下载服务告知单" />
        )}
        <Paper href={`/api/my/applications/${one.applicationId}/form.pdf`} name="下载登记表" />
      </div>

      <div>
        <More name="办理经过" count={one.history.length}>
          <ol className="line">
            {onceEach(one.history).map(({ at, text }) => (
              <li key={at + text}>
                <p>{text}</p>
                <p className="small soft">{instantText(at)}</p>
              </li>
            ))}
          </ol>
        </More>
        {one.registrationId && (
          <More name="工作人员联系我的记录" count={one.contacts.length}>
            {one.contacts.length === 0 ? (
              <p className="soft">还没有联系记录。</p>
            ) : (
              <ol className="line">
                {one.contacts.map(({ at, text, officer }) => (
                  <li key={at + text}>
                    <p>{text}</p>
                    <p className="small soft">
                      {instantText(at)} · {officer}
                    </p>
                  </li>
                ))}
              </ol>
            )}
          </More>
        )}
        {one.lists.length > 0 && (
          <More name="收到的清单" count={one.lists.length}>
            <ul className="plain-list">
              {one.lists.map(({ list, version, at }) => (
                <li key={list + version + at}>
                  <Link to={`/lists?list=${list}`}>{nameOf(list)}</Link>
                  <span className="soft">
                    {' '}
                    第{version}版，{instantText(at)}
                  </span>
                </li>
              ))}
            </ul>
          </More>
        )}
        <More name="有意见，怎么反映">
          <p>
            先打办理机构的电话说明情况，也可以拨打 <a href="tel:12333">12333</a>{' '}
            反映。还不同意的，可以依法申请行政复议，或向法院提起行政诉讼。
          </p>
          <p>有人让您交离职证明、毕业证之类的材料，也请打 12333 告诉我们。</p>
        </More>
      </div>

      {dialog === 'withdraw' && <Withdraw one={one} onClose={() => setDialog(undefined)} />}
      {dialog === 'report' && one.registrationId && (
        <ReportExit registrationId={one.registrationId} onClose={() => setDialog(undefined)} />
      )}
    </section>
  );
}

/** The same step may be told by the application and by the registration it made: a person reads it once. */
function onceEach(history: WorkerCase['history']): WorkerCase['history'] {
  const told = new Set<string>();
  return history.filter(({ at, text }) => {
    const key = at.slice(0, 16) + text;
    return told.has(key) ? false : told.add(key);
  });
}

/** A paper of mine, opened beside the page so that the page stays. */
function Paper({ href, name }: { href: string; name: string }) {
  return (
    <a className="button plain" href={href} target="_blank" rel="noreferrer">
      {name}
    </a>
  );
}

function More({ name, count, children }: { name: string; count?: number; children: ReactNode }) {
  return (
    <details className="more">
      <summary>
        <span>
          {name}
          {count ? <span className="soft">（{count}）</span> : null}
        </span>
      </summary>
      <div className="more-body stack tight">{children}</div>
    </details>
  );
}
