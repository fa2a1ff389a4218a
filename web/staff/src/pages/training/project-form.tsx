import { useMutation, useQueryClient } from '@tanstack/react-query';
import { checkProject, type GivenProject, type TrainingKind, trainingKinds } from '@yingdeng/rules/training.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { OccupationSelect } from '../vacancies/occupation-select.tsx';
import type { Project } from './training.tsx';

/** One write on projects: its key, its refusal in words, and the list asked again. */
function useProjectAct<Given>(send: (given: Given, key: string) => Promise<{ message: string }>, close: () => void) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const mutation = useMutation({
    mutationFn: (given: Given) => send(given, keyFor(given)),
    onError: refused,
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['training-projects'] });
      void cache.invalidateQueries({ queryKey: ['training'] });
      message.success(answer.message);
      close();
    },
  });
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    ...(mutation.error ? { trouble: troubleOf(mutation.error) } : {}),
  };
}

const fieldsOf = (project: Project | undefined): GivenProject => ({
  name: project?.name ?? '',
  kind: project?.kind ?? 'skill',
  occupation: project?.occupation ?? '',
  institution: project?.institution ?? '',
  place: project?.place ?? '',
  startsOn: project?.startsOn ?? '',
  endsOn: project?.endsOn ?? '',
  applyBy: project?.applyBy ?? '',
  seats: project?.seats ?? 0,
  fee: project?.fee ?? 0,
  telephone: project?.telephone ?? '',
  content: project?.content ?? '',
});

/** Entry of a project, or a change: checked while it is typed by the rule the server uses. */
export function ProjectForm({ project, close }: { project?: Project; close: () => void }) {
  const today = useToday() ?? '';
  const [fields, setFields] = useState(() => fieldsOf(project));
  const put = (part: Partial<GivenProject>) => setFields({ ...fields, ...part });
  const blocked = useForbidden(`${fields.name}\n${fields.content}`).length > 0;
  const { run, ...action } = useProjectAct(
    (body: GivenProject, key) =>
      project
        ? call('changeTrainingProject', {
            params: { id: project.id },
            body: { version: project.version, project: body },
            key,
          })
        : call('enterTrainingProject', { body, key }),
    close,
  );
  const text = (field: 'name' | 'institution' | 'place' | 'telephone', max: number) => (
    <Input
      autoFocus={field === 'name'}
      maxLength={max}
      value={fields[field]}
      onChange={(event) => put({ [field]: event.target.value })}
    />
  );
  const day = (field: 'startsOn' | 'endsOn' | 'applyBy') => (
    <DateField value={fields[field]} onChange={(value) => put({ [field]: value })} />
  );
  const number = (field: 'seats' | 'fee', blankZero: boolean) => (
    <InputNumber
      className="num"
      style={{ width: '100%' }}
      min={0}
      precision={0}
      controls={false}
      value={blankZero && fields[field] === 0 ? undefined : fields[field]}
      onChange={(value) => put({ [field]: Number(value ?? 0) })}
    />
  );
  const fault = checkProject(fields, { today, known: (code) => code !== '' })?.message;
  return (
    <ActionDrawer
      {...action}
      title={project ? '修改培训项目' : '录入培训项目'}
      close={close}
      submit={() => run(fields)}
      submitText="保存"
      size={600}
      hold={fault ?? (blocked ? '有不能写的内容' : undefined)}
      consequence={
        project && project.taken > 0 ? `已报名${project.taken}人，不受影响。` : '合适的登记失业人员在网上能看到。'
      }
    >
      <Field label="项目名称" required>
        {text('name', 60)}
      </Field>
      <Group legend="类别" required>
        <Radio.Group
          optionType="button"
          value={fields.kind}
          onChange={(event) => {
            const kind = event.target.value as TrainingKind;
            put({ kind, ...(kind === 'startUp' ? { occupation: '' } : {}) });
          }}
          options={Object.entries(trainingKinds).map(([value, label]) => ({ value, label }))}
        />
      </Group>
      {fields.kind === 'skill' && (
        <Field label="职业" required hint="按它推荐给求职意向对口的人">
          <OccupationSelect value={fields.occupation} onChange={(occupation) => put({ occupation })} />
        </Field>
      )}
      <div className="two">
        <Field label="培训机构" required>
          {text('institution', 60)}
        </Field>
        <Field label="培训地点" required>
          {text('place', 80)}
        </Field>
      </div>
      <div className="two">
        <Field label="开始日期" required>
          {day('startsOn')}
        </Field>
        <Field label="结束日期" required>
          {day('endsOn')}
        </Field>
      </div>
      <div className="two">
        <Field label="报名截止" required>
          {day('applyBy')}
        </Field>
        <Field label="咨询电话" required hint="座机，带区号">
          {text('telephone', 20)}
        </Field>
      </div>
      <div className="two">
        <Field label="名额" required>
          {number('seats', true)}
        </Field>
        <Field label="收费" required hint="元，免费填0">
          {number('fee', false)}
        </Field>
      </div>
      <FreeText label="内容" max={300} value={fields.content} onChange={(content) => put({ content })} />
    </ActionDrawer>
  );
}

/** 停止: nobody enrols any more; who is enrolled stays. */
export function CloseProject({ project, close }: { project: Project; close: () => void }) {
  const [reason, setReason] = useState('');
  const { run, ...action } = useProjectAct(
    (closedReason: string, key) =>
      call('changeTrainingProject', {
        params: { id: project.id },
        body: { version: project.version, project: fieldsOf(project), closedReason },
        key,
      }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`停止项目：${project.name}`}
      close={close}
      submit={() => run(reason.trim())}
      submitText="停止"
      danger
      hold={reason.trim().length < 2 ? '请写明停止的原因' : undefined}
      consequence={project.taken > 0 ? `不再报名；已报名的${project.taken}人不受影响。` : '不再报名。'}
    >
      <FreeText label="原因" required max={200} value={reason} onChange={setReason} autoFocus />
    </ActionDrawer>
  );
}
