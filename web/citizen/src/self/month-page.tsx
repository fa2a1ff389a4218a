import { call } from '@yingdeng/web-shared/api.ts';
import { dayText, instantText, monthText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Link } from 'react-router';
import { MyFrame } from '../my/my-frame.tsx';
import { ReportExit } from '../my/report-exit.tsx';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { Cite } from '../parts/cite.tsx';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { Choices, Fault, TextField } from '../parts/fields.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import { useMyMonth } from './self-links.tsx';

type Month = NonNullable<Answer<'getMyMonth'>['registration']>;
type Kind = NonNullable<Month['report']>['kind'];

const choices: readonly { value: Kind; text: string; note?: string }[] = [
  { value: 'looking', text: '还在找工作' },
  { value: 'foundWork', text: '找到工作了', note: '或者自己开店、接活有了稳定收入' },
  { value: 'training', text: '在参加培训或学习' },
  { value: 'other', text: '其他情况' },
];
const texts = Object.fromEntries(choices.map(({ value, text }) => [value, text]));

/** The month in one minute: one choice, one sentence if the person likes (A21-5a). */
export function Page() {
  usePageTitle('这个月的情况');
  return (
    <MyFrame heading="这个月的情况">
      <MonthReport />
    </MyFrame>
  );
}

function MonthReport() {
  const month = useMyMonth();
  const [again, setAgain] = useState(false);
  const [asked, setAsked] = useState(false);
  if (month.isPending) return <Loading what="正在读取这个月的情况" />;
  if (month.isError) return <Failed error={month.error} again={() => void month.refetch()} />;
  const { registration, monthEnd } = month.data;
  if (!registration)
    return (
      <Empty heading="没有有效的登记" icon="form">
        <p>办好失业登记以后，才需要报告每个月的情况。</p>
        <Link className="button" to="/my">
          看我的登记
        </Link>
      </Empty>
    );
  const { report } = registration;
  return (
    <div className="stack loose">
      <div className={report ? 'note good' : 'note'}>
        <strong>
          {monthText(month.data.month)}：
          {report ? '已经报告' : registration.covered ? '工作人员已联系过您' : '本月还没有报告'}
        </strong>
        {report ? (
          <p>
            {instantText(report.at)}，您说：{texts[report.kind]}。{report.text}
          </p>
        ) : (
          <p>
            {registration.owed
              ? `每个月有一次就行，本月最晚${dayText(monthEnd)}。您不报告，工作人员会打电话或上门了解；不会因为没报告就结束登记。`
              : '这个月刚登记，不要求报告；愿意的话现在也可以报。'}
          </p>
        )}
        {!report && registration.coveredText && <p>{registration.coveredText}</p>}
        {registration.clause.document && (
          <p className="small soft">
            <Cite {...registration.clause} />
          </p>
        )}
      </div>
      {report?.kind === 'foundWork' && registration.canReportExit && (
        <div className="note warn">
          <strong>还差一步：告诉我们从哪一天开始工作</strong>
          <p>登记还是有效的。填好开始的日期，我们核实后再结束登记。</p>
          <p>
            <button type="button" className="button" onClick={() => setAsked(true)}>
              填开始工作的日期
            </button>
          </p>
        </div>
      )}
      {report && !again ? (
        <p>
          <button type="button" className="button plain" onClick={() => setAgain(true)}>
            情况变了，再报一次
          </button>
        </p>
      ) : (
        <ReportForm
          id={registration.id}
          done={(kind) => {
            setAgain(false);
            if (kind === 'foundWork' && registration.canReportExit) setAsked(true);
          }}
        />
      )}
      {asked && <ReportExit registrationId={registration.id} onClose={() => setAsked(false)} />}
    </div>
  );
}

function ReportForm({ id, done }: { id: string; done: (kind: string) => void }) {
  const [kind, setKind] = useState('');
  const [text, setText] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const { run, busy, fault, changed } = useEffectOnce(() => done(kind));
  const send = () => {
    const chosen = choices.find((one) => one.value === kind);
    setFaults(chosen ? [] : [{ field: 'month-kind', message: '请选择这个月的情况' }]);
    setAttempt(attempt + 1);
    if (!chosen) return;
    void run((key) => call('reportMonth', { params: { id }, body: { kind: chosen.value, text: text.trim() }, key }));
  };
  return (
    <div className="card stack">
      <ErrorSummary faults={faults} attempt={attempt} />
      <Choices
        id="month-kind"
        label="您现在怎么样？"
        value={kind}
        options={choices}
        fault={faults[0]?.message}
        onChange={(next) => {
          setKind(next);
          setFaults([]);
          changed();
        }}
      />
      <TextField
        label="想补充的话"
        hint="比如想找什么活、需要什么帮助，一句话就行"
        optional
        maxLength={100}
        value={text}
        onChange={(next) => {
          setText(next);
          changed();
        }}
      />
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button big" aria-disabled={busy} onClick={send}>
          {busy ? '正在提交…' : '报告'}
        </button>
      </div>
    </div>
  );
}
