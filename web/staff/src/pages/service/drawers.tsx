import { type ServiceKind, type ServiceResult, serviceKinds, serviceResults } from '@yingdeng/rules/service.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Radio, Select } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { ClassChoice, type ClassDraft, classLacks, useComputedClass } from './class-choice.tsx';
import { type ProfileDraft, ProfileFields, wholeProfile } from './profile-fields.tsx';
import { type Plan, type ServiceFile, type Step, useServiceAct } from './use-service.ts';

interface Props {
  readonly file: ServiceFile;
  readonly close: () => void;
}

/** 分类: the answers of last time stand; what changed since is changed. */
export function ClassDrawer({ file, close }: Props) {
  const [profile, setProfile] = useState<ProfileDraft>(file.class?.profile ?? {});
  const [level, setLevel] = useState<ClassDraft>({ reason: '' });
  const whole = wholeProfile(profile);
  const suggested = useComputedClass(file.registrationId, profile);
  const computed = whole && suggested.data?.computed;
  const blocked = useForbidden(level.reason).length > 0;
  const lacks = whole ? classLacks(level, computed?.class) : '面谈问题';
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'setClass'>, key) => call('setClass', { params: { id: file.registrationId }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="服务类别"
      close={close}
      submitText="确定类别"
      size={600}
      hold={lacks ? `还缺：${lacks}` : blocked ? '有不能写的内容' : undefined}
      consequence="类别只决定怎样服务，不影响登记和待遇。"
      submit={() => {
        const chosen = level.class ?? computed?.class;
        if (whole && chosen) action.run({ profile: whole, class: chosen, reason: level.reason.trim() });
      }}
    >
      <ProfileFields draft={profile} change={setProfile} />
      <ClassChoice
        answered={whole !== undefined}
        computed={computed}
        difficulty={suggested.data?.difficulty === true}
        draft={level}
        change={setLevel}
      />
    </ActionDrawer>
  );
}

export const kindOptions = (Object.entries(serviceKinds) as [ServiceKind, { text: string }][]).map(
  ([value, { text }]) => ({ value, label: text }),
);

/** 记录服务: what was done and what came of it (A21-5a). */
export function RecordDrawer({ file, close }: Props) {
  const today = useToday();
  const [kind, setKind] = useState<ServiceKind>();
  const [on, setOn] = useState(today ?? '');
  const [content, setContent] = useState('');
  const [result, setResult] = useState<ServiceResult>('done');
  const [outcome, setOutcome] = useState('');
  const blocked = useForbidden(`${content}\n${outcome}`).length > 0;
  const words = result === 'done' || result === 'declined';
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'recordService'>, key) => call('recordService', { params: { id: file.registrationId }, body, key }),
    close,
  );
  const hold = !kind
    ? '请选服务项目'
    : content.trim().length < 4
      ? '请写明服务内容'
      : words && outcome.trim() === ''
        ? '请写明结果'
        : blocked
          ? '有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title="记录服务"
      close={close}
      submitText="保存"
      hold={hold}
      submit={() => kind && action.run({ kind, content: content.trim(), result, outcome: outcome.trim(), on })}
    >
      <div className="two">
        <Field label="服务项目" required>
          <Select
            value={kind}
            onChange={setKind}
            options={kindOptions}
            placeholder="请选"
            showSearch={{ optionFilterProp: 'label' }}
          />
        </Field>
        <Field label="日期" required>
          <DateField value={on} onChange={setOn} />
        </Field>
      </div>
      <FreeText
        label="内容"
        required
        max={500}
        value={content}
        onChange={setContent}
        hint="做了什么，如推荐了哪家单位哪个岗位。"
      />
      <Group legend="结果" required>
        <Radio.Group
          optionType="button"
          value={result}
          onChange={(event) => setResult(event.target.value as ServiceResult)}
          options={(Object.entries(serviceResults) as [ServiceResult, string][]).map(([value, label]) => ({
            value,
            label,
          }))}
        />
      </Group>
      <FreeText
        label={result === 'declined' ? '本人怎么说' : '结果说明'}
        required={words}
        value={outcome}
        onChange={setOutcome}
        hint={result === 'declined' ? '暂不需要不影响登记。' : undefined}
      />
    </ActionDrawer>
  );
}

/** 办结一步: done with its result, or not to be done any more with the reason. */
export function StepDrawer({ file, plan, step, close }: Props & { plan: Plan; step: Step }) {
  const [act, setAct] = useState<'finish' | 'drop'>('finish');
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'settleStep'>, key) => call('settleStep', { params: { id: plan.id, stepId: step.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`第${step.n}步：${step.serviceText}`}
      close={close}
      submitText={act === 'finish' ? '已完成' : '不再进行'}
      hold={
        text.trim() === '' ? (act === 'finish' ? '请写明结果' : '请写明原因') : blocked ? '有不能写的内容' : undefined
      }
      consequence={act === 'finish' && step.whose === 'office' ? '同时记入服务记录。' : undefined}
      submit={() => action.run({ action: act, text: text.trim() })}
    >
      <p>{step.what}</p>
      <Group legend="这一步" required>
        <Radio.Group
          className="choices"
          value={act}
          onChange={(event) => setAct(event.target.value as 'finish' | 'drop')}
          options={[
            { value: 'finish', label: '已完成' },
            { value: 'drop', label: '不再进行' },
          ]}
        />
      </Group>
      <FreeText
        label={act === 'finish' ? '结果' : '原因'}
        required
        max={200}
        value={text}
        onChange={setText}
        autoFocus
      />
    </ActionDrawer>
  );
}

/** The person agreed to the plan in front of, or on the telephone with, a clerk. */
export function AgreeDrawer({ file, plan, close }: Props & { plan: Plan }) {
  const [how, setHow] = useState<Body<'agreePlan'>['how']>();
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'agreePlan'>, key) => call('agreePlan', { params: { id: plan.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="本人确认计划"
      close={close}
      submitText="本人已确认"
      hold={how ? undefined : '请选怎样确认的'}
      consequence="逐步念给本人听，本人同意后再确认。"
      submit={() => how && action.run({ version: plan.version, how })}
    >
      <Group legend="怎样确认的" required>
        <Radio.Group
          className="choices"
          value={how}
          onChange={(event) => setHow(event.target.value as Body<'agreePlan'>['how'])}
          options={[
            { value: 'counter', label: '在窗口当面确认' },
            { value: 'telephone', label: '电话里确认' },
            { value: 'visit', label: '上门时确认' },
          ]}
        />
      </Group>
    </ActionDrawer>
  );
}

/** Ends a plan without a new one. */
export function ClosePlanDrawer({ file, plan, close }: Props & { plan: Plan }) {
  const [reason, setReason] = useState('');
  const blocked = useForbidden(reason).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'closePlan'>, key) => call('closePlan', { params: { id: plan.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="结束计划"
      close={close}
      submitText="结束计划"
      danger
      hold={reason.trim().length < 2 ? '请写明原因' : blocked ? '有不能写的内容' : undefined}
      consequence="没有完成的步骤不再进行；失业登记不受影响。"
      submit={() => action.run({ version: plan.version, reason: reason.trim() })}
    >
      <FreeText label="原因" required max={200} value={reason} onChange={setReason} autoFocus />
    </ActionDrawer>
  );
}
