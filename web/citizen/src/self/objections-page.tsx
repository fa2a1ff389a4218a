import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { instantText } from '@yingdeng/web-shared/date-text.ts';
import { useState } from 'react';
import { MyFrame } from '../my/my-frame.tsx';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { Choices, Fault, TextField } from '../parts/fields.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import './self.css';

/** Against a refusal or an exit: what the person writes, and the answer. */
export function Page() {
  usePageTitle('提出异议');
  return (
    <MyFrame heading="提出异议">
      <Objections />
    </MyFrame>
  );
}

function Objections() {
  const data = useQuery({
    queryKey: ['my', 'objections'],
    queryFn: ({ signal }) => call('getMyObjections', { signal }),
  });
  if (data.isPending) return <Loading what="正在读取" />;
  if (data.isError) return <Failed error={data.error} again={() => void data.refetch()} />;
  const { subjects, objections } = data.data;
  const open = subjects.filter((one) => !one.open);
  if (subjects.length === 0 && objections.length === 0)
    return (
      <Empty heading="没有可以提异议的决定" icon="form">
        <p>申请没有通过，或登记被结束时，可以在这里说明不同意的理由。</p>
      </Empty>
    );
  return (
    <div className="stack loose">
      {open.length > 0 && <ObjectionForm key={objections.length} subjects={open} />}
      {objections.length > 0 && (
        <section className="stack">
          <h2>我提过的异议</h2>
          <ul className="self-cards stack">
            {objections.map((one) => (
              <li key={one.id} className="card stack tight">
                <p>
                  <strong>{one.subjectText}</strong>
                </p>
                <p>{one.text}</p>
                <p className="small soft">{instantText(one.at)}提出</p>
                {one.answer ? (
                  <div className="note good">
                    <strong>答复</strong>
                    <p>{one.answer.text}</p>
                    <p className="small soft">
                      {instantText(one.answer.at)}，{one.answer.who}
                    </p>
                  </div>
                ) : (
                  <p className="note">已收到，我们会答复。</p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      <p className="soft">
        不影响您依法申请行政复议或向法院提起行政诉讼。着急的，请打 <a href="tel:12333">12333</a>。
      </p>
    </div>
  );
}

function ObjectionForm({
  subjects,
}: {
  subjects: readonly { kind: 'application' | 'exit'; id: string; text: string }[];
}) {
  const [chosen, setChosen] = useState(subjects[0]?.id ?? '');
  const [text, setText] = useState('');
  const [attempt, setAttempt] = useState(0);
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const { run, busy, fault, changed } = useEffectOnce(() => setText(''));
  const subject = subjects.find((one) => one.id === chosen) ?? subjects[0];
  const send = () => {
    const short = text.trim().length < 2;
    setFaults(short ? [{ field: 'objection-text', message: '请写明您不同意什么' }] : []);
    setAttempt(attempt + 1);
    if (short || !subject) return;
    void run((key) =>
      call('submitObjection', { body: { kind: subject.kind, subjectId: subject.id, text: text.trim() }, key }),
    );
  };
  return (
    <div className="card stack">
      <ErrorSummary faults={faults} attempt={attempt} />
      {subjects.length > 1 ? (
        <Choices
          label="您不同意哪个决定？"
          value={chosen}
          options={subjects.map((one) => ({ value: one.id, text: one.text }))}
          onChange={(next) => {
            setChosen(next);
            changed();
          }}
        />
      ) : (
        <p>
          您不同意的决定：<strong>{subject?.text}</strong>
        </p>
      )}
      <TextField
        id="objection-text"
        label="您的理由"
        hint="不用交证明材料，说清楚情况就行"
        lines={5}
        maxLength={500}
        value={text}
        fault={faults[0]?.message}
        onChange={(next) => {
          setText(next);
          changed();
        }}
      />
      <p className="soft">由督导人员处理，不是原来办理的人。我们会答复，答复后会发消息告诉您。</p>
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button" aria-disabled={busy} onClick={send}>
          {busy ? '正在提交…' : '提交异议'}
        </button>
      </div>
    </div>
  );
}
