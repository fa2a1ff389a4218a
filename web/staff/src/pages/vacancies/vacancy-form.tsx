import { useMutation, useQueryClient } from '@tanstack/react-query';
import { educationLevels, skillLevels } from '@yingdeng/rules/matching.ts';
import { type VacancyField, vacancyFaults, vacancyFieldNames, workKinds } from '@yingdeng/rules/vacancy.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Input, InputNumber, Radio, Select } from 'antd';
import { type ReactElement, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { DivisionSelect } from '../../parts/division-select.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { useSession } from '../../session/use-session.ts';
import { OccupationSelect } from './occupation-select.tsx';

type Fields = Body<'enterVacancy'>;
type Vacancy = Answer<'getVacancy'>;

const levels = (of: Readonly<Record<number, string>>) =>
  Object.entries(of).map(([value, label]) => ({ value: Number(value), label }));
/** Bounds come from the provision and are the server's to check; here only what a text may not say is looked for. */
const boundless = { lowWage: 0, highWage: 1e9, wageSpread: 1e9, mostPosts: 1e9, longestDays: 1e5 };
const texts: readonly VacancyField[] = ['title', 'workPlace', 'description', 'telephone'];

/** All fields, those not yet entered empty. */
const wholeOf = (fields: Partial<Fields>): Required<Fields> => ({
  employerName: '',
  employerCode: '',
  employerRef: '',
  title: '',
  occupation: '',
  workDivision: '',
  workPlace: '',
  telephone: '',
  description: '',
  validFrom: '',
  validTo: '',
  education: 0,
  skill: 0,
  kind: 'fullTime',
  wageFrom: 0,
  wageTo: 0,
  posts: 0,
  ...fields,
});

/** Entry of a vacancy, or a change: one field after the other by keyboard, Ctrl+Enter saves. What may not be said is named while it is typed. */
export function VacancyForm({ vacancy, close }: { vacancy?: Vacancy; close: () => void }) {
  const today = useToday();
  const { data: session } = useSession();
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const [fields, setFields] = useState<Partial<Fields>>(
    vacancy?.fields ?? { education: 0, skill: 0, posts: 1, kind: 'fullTime', validFrom: today },
  );
  const put = (part: Partial<Fields>) => setFields({ ...fields, ...part });
  const send = useMutation({
    mutationFn: () => {
      const body = wholeOf(fields);
      return vacancy
        ? call('changeVacancy', {
            params: { id: vacancy.id },
            body: { fields: body, version: vacancy.version },
            key: keyFor(body),
          })
        : call('enterVacancy', { body, key: keyFor(body) });
    },
    onError: refused,
    onSuccess: ({ vacancy: saved, message: words }) => {
      cache.setQueryData(['vacancy', saved.id], saved);
      void cache.invalidateQueries({ queryKey: ['vacancies'] });
      message.success(words);
      close();
      if (!vacancy) navigate(`/vacancies/${saved.id}`);
    },
  });
  const trouble = send.error ? troubleOf(send.error) : undefined;
  const live = useMemo(() => {
    const found = vacancyFaults(wholeOf(fields), {
      today,
      known: { has: () => true },
      limits: boundless,
    });
    return found.filter(({ field, message: words }) => texts.includes(field) && !words.includes('没有填'));
  }, [fields, today]);
  const fault = (field: VacancyField) => {
    const said = live.find((one) => one.field === field) ?? trouble?.fields.find((one) => one.field === field);
    return said?.message.replace(`${vacancyFieldNames[field]}：`, '');
  };
  const text = (
    field: 'employerName' | 'employerCode' | 'employerRef' | 'title' | 'workPlace' | 'telephone',
    max: number,
  ) => <Input maxLength={max} value={fields[field] ?? ''} onChange={(event) => put({ [field]: event.target.value })} />;
  const number = (field: 'wageFrom' | 'wageTo' | 'posts') => (
    <InputNumber
      className="num wide-number"
      min={0}
      precision={0}
      controls={false}
      value={fields[field] || undefined}
      onChange={(value) => put({ [field]: Number(value ?? 0) })}
    />
  );
  const field = (
    name: VacancyField,
    control: ReactElement<object>,
    more: { required?: boolean; hint?: string; wide?: true } = {},
  ) => (
    <Field
      label={vacancyFieldNames[name]}
      required={more.required}
      hint={more.hint}
      fault={fault(name)}
      className={more.wide ? 'wide' : ''}
    >
      {control}
    </Field>
  );
  return (
    <ActionDrawer
      title={vacancy ? `修改岗位 ${vacancy.number}` : '录入岗位'}
      close={close}
      submit={() => send.mutate()}
      submitText="保存"
      busy={send.isPending}
      trouble={trouble}
      size={760}
      hold={live.length > 0 ? '有内容不能发布，请先修改' : undefined}
      consequence="保存后就会推荐给合适的登记失业人员；谁在什么时候改了什么，都留有记录。"
    >
      <div className="vacancy-grid">
        {field(
          'employerName',
          <Input
            autoFocus
            maxLength={80}
            value={fields.employerName ?? ''}
            onChange={(event) => put({ employerName: event.target.value })}
          />,
          { required: true },
        )}
        {field('employerCode', text('employerCode', 18), { hint: '18位，没有可不填' })}
        {field('title', text('title', 40), { required: true })}
        {field(
          'occupation',
          <OccupationSelect value={fields.occupation ?? ''} onChange={(occupation) => put({ occupation })} />,
          { required: true },
        )}
        {field(
          'workDivision',
          <DivisionSelect
            value={fields.workDivision ?? ''}
            near={session?.office?.office ?? ''}
            onChange={(workDivision) => put({ workDivision })}
          />,
          { required: true },
        )}
        {field('workPlace', text('workPlace', 120), { required: true })}
        {field('wageFrom', number('wageFrom'), { required: true, hint: '元，每月' })}
        {field('wageTo', number('wageTo'), { required: true, hint: '元，每月' })}
        {field('posts', number('posts'), { required: true })}
        {field('telephone', text('telephone', 40), { required: true, hint: '座机带区号；手机号属于个人信息，不收' })}
        {field(
          'education',
          <Select
            value={fields.education}
            options={levels(educationLevels)}
            onChange={(education) => put({ education })}
          />,
        )}
        {field(
          'skill',
          <Select value={fields.skill} options={levels(skillLevels)} onChange={(skill) => put({ skill })} />,
        )}
        {field('validFrom', <DateField value={fields.validFrom ?? ''} onChange={(validFrom) => put({ validFrom })} />, {
          required: true,
        })}
        {field('validTo', <DateField value={fields.validTo ?? ''} onChange={(validTo) => put({ validTo })} />, {
          required: true,
        })}
        <Group legend={vacancyFieldNames.kind} className="wide">
          <Radio.Group
            value={fields.kind}
            options={Object.entries(workKinds).map(([value, label]) => ({ value, label }))}
            onChange={(event) => put({ kind: event.target.value as Fields['kind'] })}
          />
        </Group>
        {field(
          'description',
          <Input.TextArea
            maxLength={1000}
            autoSize={{ minRows: 3, maxRows: 8 }}
            value={fields.description ?? ''}
            onChange={(event) => put({ description: event.target.value })}
          />,
          { wide: true, hint: '工作内容、班次、福利。不能有性别、婚育、户籍等限制，不能收费' },
        )}
        {field('employerRef', text('employerRef', 40), { hint: '单位自己的编号，没有可不填' })}
      </div>
    </ActionDrawer>
  );
}
