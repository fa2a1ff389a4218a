import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Link } from 'react-router';
import { MyFrame } from '../my/my-frame.tsx';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { Fault, TextField } from '../parts/fields.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import { CreditCard } from './credit-card.tsx';
import { DifficultyCard } from './difficulty-card.tsx';
import { SupportCard } from './support-card.tsx';
import { TrainingCard } from './training-card.tsx';
import { WelfareCard } from './welfare-card.tsx';
import './plan.css';

type Service = Answer<'getMyService'>;
type Plan = NonNullable<Service['plan']>;
type Step = Plan['steps'][number];

const hows: Readonly<Record<string, string>> = {
  portal: '您在网上确认过',
  counter: '您在窗口确认过',
  telephone: '您在电话里确认过',
  visit: '工作人员上门时您确认过',
};

/** The own plan: what we do, what I do, by when; and what was done for me (A21-4a, A21-4f). */
export function Page() {
  usePageTitle('我的计划和服务');
  return (
    <MyFrame heading="我的计划和服务">
      <MyPlan />
    </MyFrame>
  );
}

function MyPlan() {
  const data = useQuery({
    queryKey: ['my', 'service'],
    queryFn: ({ signal }) => call('getMyService', { signal }),
  });
  if (data.isPending) return <Loading what="正在读取您的计划" />;
  if (data.isError) return <Failed error={data.error} again={() => void data.refetch()} />;
  const { registrationId, services, plan, records } = data.data;
  if (!registrationId)
    return (
      <div className="stack loose">
        <WelfareCard />
        <CreditCard />
        <Empty heading="没有有效的登记" icon="form">
          <p>办好失业登记以后，工作人员会联系您，和您一起商量怎么找工作。</p>
          <Link className="button" to="/my">
            看我的登记
          </Link>
        </Empty>
      </div>
    );
  return (
    <div className="stack loose">
      {plan ? (
        <PlanCard plan={plan} />
      ) : (
        <div className="note">
          <strong>还没有计划</strong>
          <p>{services ? `我们会为您做：${services}。` : '面谈后，工作人员会和您一起定。'}</p>
        </div>
      )}
      <DifficultyCard />
      <TrainingCard />
      <SupportCard />
      <WelfareCard />
      <CreditCard />
      <section className="stack">
        <h2>为您做过的服务</h2>
        {records.length === 0 ? (
          <p className="soft">还没有服务记录。</p>
        ) : (
          <ul className="plan-records stack tight">
            {records.map((one) => (
              <li key={one.id} className="card stack tight">
                <p>
                  <strong>{one.kindText}</strong>
                  <span className="soft">{dayText(one.on)}</span>
                </p>
                <p>{one.content}</p>
                <p className="soft">
                  {one.resultText}
                  {one.outcome && `：${one.outcome}`}
                </p>
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function PlanCard({ plan }: { plan: Plan }) {
  const { run, busy, fault } = useEffectOnce(() => {});
  const mine = plan.steps.filter(({ whose }) => whose === 'worker');
  const ours = plan.steps.filter(({ whose }) => whose === 'office');
  return (
    <section className="stack" aria-labelledby="plan-heading">
      <h2 id="plan-heading">{plan.kindText}</h2>
      <p className="plan-aim">{plan.goal}</p>
      <p className="soft">
        负责您的工作人员：{plan.officer.name}。{plan.agreedHow && `${hows[plan.agreedHow]}。`}
      </p>
      {plan.status === 'draft' && (
        <div className="note warn stack tight">
          <strong>请看一看，同意就点确认</strong>
          <p>有不合适的地方，请打电话给负责您的工作人员，改好再确认。不确认也不影响登记。</p>
          {fault && <Fault>{fault}</Fault>}
          <div className="actions">
            <button
              type="button"
              className="button big"
              aria-disabled={busy}
              onClick={() =>
                void run((key) =>
                  call('agreeMyPlan', { params: { id: plan.id }, body: { version: plan.version }, key }),
                )
              }
            >
              {busy ? '正在提交…' : '我同意这份计划'}
            </button>
          </div>
        </div>
      )}
      <Steps heading="我来做" steps={mine} plan={plan} />
      <Steps heading="工作人员来做" steps={ours} plan={plan} />
    </section>
  );
}

function Steps({ heading, steps, plan }: { heading: string; steps: readonly Step[]; plan: Plan }) {
  if (steps.length === 0) return null;
  return (
    <section className="stack tight">
      <h3>{heading}</h3>
      <ul className="plan-steps stack tight">
        {steps.map((step) => (
          <StepCard key={step.id} step={step} plan={plan} />
        ))}
      </ul>
    </section>
  );
}

function StepCard({ step, plan }: { step: Step; plan: Plan }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const { run, busy, fault, changed } = useEffectOnce(() => setOpen(false));
  const send = () => {
    setMissing(text.trim() === '');
    if (text.trim() === '') return;
    void run((key) =>
      call('finishMyStep', { params: { id: plan.id, stepId: step.id }, body: { text: text.trim() }, key }),
    );
  };
  return (
    <li className={`card stack tight step-${step.status}`}>
      <p>
        <strong>{step.serviceText}</strong>：{step.what}
      </p>
      <p className={step.standing === 'late' ? 'owed' : 'soft'}>
        {step.status === 'done'
          ? `做完了：${step.result}`
          : step.status === 'dropped'
            ? `不做了：${step.result}`
            : `${dayText(step.dueOn)}前${step.standing === 'late' ? (step.whose === 'worker' ? '，已过这一天，尽快做就行' : '，已过这一天，可以打电话催一催') : ''}`}
      </p>
      {step.status === 'open' && step.whose === 'worker' && !open && (
        <div className="actions">
          <button type="button" className="button plain" onClick={() => setOpen(true)}>
            我做完了
          </button>
        </div>
      )}
      {open && (
        <div className="stack tight">
          <TextField
            label="怎么样？"
            hint="一句话就行，比如去了哪家单位"
            maxLength={100}
            value={text}
            fault={missing ? '请写一句' : undefined}
            onChange={(next) => {
              setText(next);
              setMissing(false);
              changed();
            }}
          />
          {fault && <Fault>{fault}</Fault>}
          <div className="actions">
            <button type="button" className="button" aria-disabled={busy} onClick={send}>
              {busy ? '正在提交…' : '报告'}
            </button>
            <button type="button" className="button plain" onClick={() => setOpen(false)}>
              先不报
            </button>
          </div>
        </div>
      )}
    </li>
  );
}
