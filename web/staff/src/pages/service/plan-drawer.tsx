import { addDays } from '@yingdeng/rules/calendar.ts';
import { mostSteps, planKinds, type StepOwner, stepOwners } from '@yingdeng/rules/plan.ts';
import type { ServiceKind } from '@yingdeng/rules/service.ts';
import type { ServiceClass } from '@yingdeng/rules/service-class.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { kindOptions } from './drawers.tsx';
import { type ServiceFile, useServiceAct } from './use-service.ts';

interface StepDraft {
  readonly key: number;
  readonly whose: StepOwner;
  readonly service: ServiceKind | undefined;
  readonly what: string;
  readonly dueOn: string;
}

/** What a plan of a class usually begins with; the clerk changes every word of it. Days from today. */
const beginnings: Readonly<
  Record<ServiceClass, readonly (readonly [StepOwner, ServiceKind, what: string, days: number])[]>
> = {
  A: [
    ['office', 'matching', '按意向推荐岗位', 14],
    ['worker', 'matching', '参加面试，告知结果', 28],
  ],
  B: [
    ['office', 'guidance', '做一次职业指导', 7],
    ['office', 'matching', '按意向推荐岗位', 14],
    ['worker', 'matching', '参加面试，告知结果', 28],
  ],
  C: [
    ['office', 'guidance', '做一次职业指导，商定求职方向', 7],
    ['office', 'counselling', '了解实际困难，做一次心理疏导', 14],
    ['office', 'matching', '推荐岗位并陪同对接', 21],
    ['worker', 'training', '参加商定的培训', 60],
  ],
  D: [
    ['office', 'startUp', '推荐创业培训，做一次开业指导', 14],
    ['office', 'guaranteedLoan', '讲解创业担保贷款，条件合适的协助申请', 28],
    ['worker', 'startUp', '写出创业打算', 28],
  ],
};

/** 制定计划: goal, named officer, steps of both sides (A21-4f). Begins with what the class usually needs, or with the open steps of the plan it renews. */
export function PlanDrawer({ file, close }: { file: ServiceFile; close: () => void }) {
  const today = useToday() ?? file.plan?.madeAt.slice(0, 10) ?? '';
  const { plan: renewed } = file;
  const kind = file.difficulty ? 'difficulty' : 'ordinary';
  const [goal, setGoal] = useState(renewed?.goal ?? '');
  const [officer, setOfficer] = useState(
    file.officers.some(({ id }) => id === renewed?.officer.id) ? renewed?.officer.id : undefined,
  );
  const [steps, setSteps] = useState<readonly StepDraft[]>(() => begin(file, today));
  const [next, setNext] = useState(steps.length);
  const texts = [goal, ...steps.map(({ what }) => what)].join('\n');
  const blocked = useForbidden(texts).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'makePlan'>, key) => call('makePlan', { params: { id: file.registrationId }, body, key }),
    close,
  );
  const put = (key: number, part: Partial<StepDraft>) =>
    setSteps(steps.map((step) => (step.key === key ? { ...step, ...part } : step)));
  const add = (whose: StepOwner) => {
    setSteps([...steps, { key: next, whose, service: undefined, what: '', dueOn: addDays(today, 14) }]);
    setNext(next + 1);
  };
  const unfinished = steps.findIndex((step) => !step.service || step.what.trim().length < 2 || step.dueOn < today);
  const hold =
    goal.trim().length < 4
      ? '请写明目标'
      : !officer
        ? '请指定负责人'
        : !steps.some(({ whose }) => whose === 'office')
          ? '还缺机构要做的事'
          : unfinished >= 0
            ? `第${unfinished + 1}步还没写完`
            : blocked
              ? '有不能写的内容'
              : undefined;
  return (
    <ActionDrawer
      {...action}
      title={planKinds[kind]}
      close={close}
      submitText={renewed ? '重新制定' : '制定计划'}
      size={760}
      hold={hold}
      consequence={renewed ? '原计划结束并保留，新计划请本人确认。' : '请本人在窗口、电话或网上确认。'}
      submit={() =>
        officer &&
        action.run({
          kind,
          goal: goal.trim(),
          officer,
          steps: steps.map(({ whose, service, what, dueOn }) => ({
            whose,
            service: service ?? '',
            what: what.trim(),
            dueOn,
          })),
          ...(renewed ? { renews: { id: renewed.id, version: renewed.version } } : {}),
        })
      }
    >
      <FreeText
        label="目标"
        required
        rows={2}
        max={200}
        value={goal}
        onChange={setGoal}
        hint="本人想达到的，写得出结果，如“三个月内找到就近的长白班工作”。"
      />
      <Field label="负责人" required>
        <Select
          value={officer}
          onChange={setOfficer}
          placeholder="请选"
          showSearch={{ optionFilterProp: 'label' }}
          options={file.officers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Field>
      <h3 className="part">步骤</h3>
      <ol className="step-drafts">
        {steps.map((step, index) => (
          <li key={step.key}>
            <Select
              aria-label={`第${index + 1}步由谁做`}
              value={step.whose}
              onChange={(whose) => put(step.key, { whose })}
              options={(Object.entries(stepOwners) as [StepOwner, string][]).map(([value, label]) => ({
                value,
                label,
              }))}
            />
            <Select
              aria-label={`第${index + 1}步的服务项目`}
              value={step.service}
              onChange={(service) => put(step.key, { service })}
              options={kindOptions}
              placeholder="服务项目"
              showSearch={{ optionFilterProp: 'label' }}
            />
            <DateField
              aria-label={`第${index + 1}步的期限`}
              value={step.dueOn}
              onChange={(dueOn) => put(step.key, { dueOn })}
            />
            <Button
              type="text"
              aria-label={`去掉第${index + 1}步`}
              onClick={() => setSteps(steps.filter(({ key }) => key !== step.key))}
            >
              ✕
            </Button>
            <Input
              aria-label={`第${index + 1}步做什么`}
              value={step.what}
              maxLength={200}
              placeholder="做什么"
              onChange={(event) => put(step.key, { what: event.target.value })}
            />
          </li>
        ))}
      </ol>
      {steps.length < mostSteps && (
        <p className="plan-acts">
          <Button size="small" onClick={() => add('office')}>
            加一步机构做的
          </Button>
          <Button size="small" onClick={() => add('worker')}>
            加一步本人做的
          </Button>
        </p>
      )}
    </ActionDrawer>
  );
}

function begin(file: ServiceFile, today: string): StepDraft[] {
  const open = file.plan?.steps.filter(({ status }) => status === 'open') ?? [];
  if (open.length > 0)
    return open.map((step, key) => ({
      key,
      whose: step.whose,
      service: step.service as ServiceKind,
      what: step.what,
      dueOn: step.dueOn < today ? addDays(today, 14) : step.dueOn,
    }));
  return beginnings[file.class?.class ?? 'B'].map(([whose, service, what, days], key) => ({
    key,
    whose,
    service,
    what,
    dueOn: addDays(today, days),
  }));
}
