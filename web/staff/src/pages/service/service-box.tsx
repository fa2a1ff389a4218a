import { serviceClasses } from '@yingdeng/rules/service-class.ts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { Failed } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { CreditSection } from './credit-section.tsx';
import { DifficultySection } from './difficulty-section.tsx';
import { PlanView } from './plan-view.tsx';
import { SupportSection } from './support-section.tsx';
import { TrainingSection } from './training-section.tsx';
import { type Plan, type ServiceFile, type Step, useService } from './use-service.ts';
import { WelfareSection } from './welfare-section.tsx';
import './service.css';

const drawers = () => import('./drawers.tsx');
const ClassDrawer = lazy(async () => ({ default: (await drawers()).ClassDrawer }));
const RecordDrawer = lazy(async () => ({ default: (await drawers()).RecordDrawer }));
const StepDrawer = lazy(async () => ({ default: (await drawers()).StepDrawer }));
const ClosePlanDrawer = lazy(async () => ({ default: (await drawers()).ClosePlanDrawer }));
const AgreeDrawer = lazy(async () => ({ default: (await drawers()).AgreeDrawer }));
const PlanDrawer = lazy(async () => ({ default: (await import('./plan-drawer.tsx')).PlanDrawer }));

type Open =
  | { kind: 'class' | 'record' | 'plan' }
  | { kind: 'agree' | 'close'; plan: Plan }
  | { kind: 'step'; plan: Plan; step: Step };

/** 服务: the class and why, the plan, and what was done with what result (A21-4a, A21-4f). */
export function ServiceBox({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const { data, error, refetch } = useService(registrationId);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const records = data.open && may('service.record');
  const plans = data.open && may('plan.manage');
  const close = () => setOpen(undefined);
  return (
    <div className="service">
      {data.difficulty?.planMissing && <Missing difficulty={data.difficulty} />}
      <section aria-label="服务类别">
        <header>
          <h3>服务类别</h3>
          {records && (
            <Button size="small" onClick={() => setOpen({ kind: 'class' })}>
              {data.class ? '重新分类' : '分类'}
            </Button>
          )}
        </header>
        <ClassView file={data} />
      </section>
      <DifficultySection registrationId={registrationId} />
      <WelfareSection registrationId={registrationId} />
      <SupportSection registrationId={registrationId} />
      <TrainingSection registrationId={registrationId} />
      <section aria-label="计划">
        <header>
          <h3>{data.plan?.kindText ?? '计划'}</h3>
          {plans && (
            <Button size="small" onClick={() => setOpen({ kind: 'plan' })}>
              {data.plan ? '重新制定' : '制定计划'}
            </Button>
          )}
        </header>
        {data.plan ? (
          <PlanView
            plan={data.plan}
            act={
              records
                ? {
                    step: (step) => setOpen({ kind: 'step', plan: data.plan!, step }),
                    ...(plans
                      ? {
                          agree: () => setOpen({ kind: 'agree', plan: data.plan! }),
                          close: () => setOpen({ kind: 'close', plan: data.plan! }),
                        }
                      : {}),
                  }
                : {}
            }
          />
        ) : (
          <p className="quiet">还没有计划。</p>
        )}
        {data.earlierPlans.length > 0 && (
          <details>
            <summary>以前的计划（{data.earlierPlans.length}）</summary>
            {data.earlierPlans.map((plan) => (
              <PlanView key={plan.id} plan={plan} act={{}} />
            ))}
          </details>
        )}
      </section>
      <section aria-label="服务记录">
        <header>
          <h3>服务记录</h3>
          {records && (
            <Button size="small" onClick={() => setOpen({ kind: 'record' })}>
              记录服务
            </Button>
          )}
        </header>
        <Records file={data} />
      </section>
      <CreditSection registrationId={registrationId} />
      <Suspense fallback={null}>{open && <Dialog open={open} file={data} close={close} />}</Suspense>
    </div>
  );
}

function Dialog({ open, file, close }: { open: Open; file: ServiceFile; close: () => void }) {
  switch (open.kind) {
    case 'class':
      return <ClassDrawer file={file} close={close} />;
    case 'record':
      return <RecordDrawer file={file} close={close} />;
    case 'plan':
      return <PlanDrawer file={file} close={close} />;
    case 'agree':
      return <AgreeDrawer file={file} plan={open.plan} close={close} />;
    case 'close':
      return <ClosePlanDrawer file={file} plan={open.plan} close={close} />;
    case 'step':
      return <StepDrawer file={file} plan={open.plan} step={open.step} close={close} />;
  }
}

function Missing({ difficulty }: { difficulty: NonNullable<ServiceFile['difficulty']> }) {
  return (
    <p className="service-alarm" role="status">
      已认定为就业困难人员（{difficulty.category}），还没有指定专人和援助计划
      {difficulty.planDueOn && `，应在${difficulty.planDueOn}前制定`}。
    </p>
  );
}

function ClassView({ file }: { file: ServiceFile }) {
  const { class: classed } = file;
  if (!classed) return <p className="quiet">面谈后确定。</p>;
  return (
    <>
      <p>
        <b>
          {classed.class} {serviceClasses[classed.class]}
        </b>
        <span className="quiet beside">
          {classed.services}。{stampText(classed.at)}，{classed.by}
        </span>
      </p>
      {classed.computed && classed.computed !== classed.class && (
        <p>
          按记分为{classed.computed}类，改为{classed.class}类：{classed.reason}
        </p>
      )}
      {classed.points.length > 0 && (
        <ul className="points">
          {classed.points.map((point) => (
            <li key={point.label}>
              {point.label} <b className="num">{point.points > 0 ? `＋${point.points}` : `－${-point.points}`}</b>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Records({ file }: { file: ServiceFile }) {
  if (file.services.length === 0) return <p className="quiet">还没有服务记录。</p>;
  return (
    <ol className="events">
      {file.services.map((one) => (
        <li key={one.id}>
          <time className="num">{one.on}</time>
          <div>
            <p>
              <b>{one.kindText}</b>{' '}
              <span className={`tag tag-${one.result === 'done' ? 'clear' : 'silent'}`}>{one.resultText}</span>
              <span className="quiet beside">{one.by}</span>
            </p>
            <p>{one.content}</p>
            {one.outcome && <p className="quiet">结果：{one.outcome}</p>}
          </div>
        </li>
      ))}
    </ol>
  );
}
