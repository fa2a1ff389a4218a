import { stepOwners } from '@yingdeng/rules/plan.ts';
import { Button } from 'antd';
import { stampText } from '../../lib/dates.ts';
import type { Plan, Step } from './use-service.ts';

const hows: Readonly<Record<string, string>> = { portal: '网上', counter: '窗口', telephone: '电话', visit: '上门' };
const tags: Readonly<Record<Step['standing'], readonly [name: string, text: string]>> = {
  late: ['late', '已过期'],
  near: ['near', '快到期'],
  open: ['silent', '未完成'],
  settled: ['clear', ''],
};

/** A plan: its goal, its officer, what each side owes by when. */
export function PlanView({
  plan,
  act,
}: {
  plan: Plan;
  act: { step?: (step: Step) => void; agree?: () => void; close?: () => void };
}) {
  return (
    <div className="plan">
      <p className="plan-goal">{plan.goal}</p>
      <p className="quiet">
        负责人{plan.officer.name}，{stampText(plan.madeAt)}由{plan.madeBy}制定
        {plan.agreedAt ? `，本人${stampText(plan.agreedAt)}${hows[plan.agreedHow ?? ''] ?? ''}确认` : ''}
        {plan.closedAt ? `，${stampText(plan.closedAt)}结束：${plan.closedReason ?? ''}` : ''}
      </p>
      <ol className="steps">
        {plan.steps.map((step) => {
          const [tag, text] = tags[step.standing];
          return (
            <li key={step.id}>
              <span className={`whose whose-${step.whose}`}>{stepOwners[step.whose]}</span>
              <div>
                <p>
                  <b>{step.serviceText}</b> <span className="beside">{step.what}</span>
                </p>
                {step.result && (
                  <p className="quiet">
                    {step.status === 'dropped' ? '不再进行：' : '结果：'}
                    {step.result}
                    {step.settledBy && `（${step.settledBy}）`}
                  </p>
                )}
              </div>
              <span className="step-due">
                <span className="num">{step.dueOn}</span>
                <span className={`tag tag-${tag}`}>{text || (step.status === 'done' ? '已完成' : '不再进行')}</span>
              </span>
              {act.step && step.status === 'open' && (
                <Button size="small" onClick={() => act.step?.(step)}>
                  办结
                </Button>
              )}
            </li>
          );
        })}
      </ol>
      {(act.agree || act.close) && (
        <p className="plan-acts">
          {act.agree && plan.status === 'draft' && (
            <Button size="small" type="primary" onClick={act.agree}>
              本人已确认
            </Button>
          )}
          {act.close && (
            <Button size="small" onClick={act.close}>
              结束计划
            </Button>
          )}
        </p>
      )}
    </div>
  );
}
