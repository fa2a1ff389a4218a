import { formReasons } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Checkbox, Radio, Select } from 'antd';
import { useState } from 'react';
import { instantOf, localMinute, useNow } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField, TimeField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { ClassChoice, type ClassDraft, classLacks, useComputedClass } from '../service/class-choice.tsx';
import { type ProfileDraft, ProfileFields, wholeProfile } from '../service/profile-fields.tsx';
import { FindingFields, findingLacks, findingOf, noFinding } from './finding-fields.tsx';
import { ListVersions, useLists } from './list-versions.tsx';
import { type CaseFile, type Registration, useCaseAction } from './model.ts';

type ContactBody = Body<'recordContact'>;
type Means = ContactBody['means'];
type Purpose = ContactBody['purpose'];
type How = NonNullable<ContactBody['lists']>[number]['how'];

const meansTexts: readonly (readonly [Means, string])[] = [
  ['telephone', '电话'],
  ['visit', '上门走访'],
  ['counter', '窗口面谈'],
  ['message', '短信'],
];
const purposeTexts: Readonly<Record<Purpose, string>> = {
  first: '首次联系',
  followUp: '每月跟踪',
  lastChance: '最后一次告知',
  service: '提供服务',
};
/** What each means can end in: `[answered, unanswered]`, the first of each list preset. */
const results: Readonly<Record<Means, { question: string; yes: string; no: readonly (readonly [string, string])[] }>> =
  {
    telephone: {
      question: '打通了吗？',
      yes: '打通了，与本人通了话',
      no: [
        ['noAnswer', '没打通（无人接听）'],
        ['wrongNumber', '没打通（号码有误）'],
      ],
    },
    visit: { question: '见到本人了吗？', yes: '见到了本人', no: [['notHome', '没见到本人']] },
    counter: { question: '本人来了吗？', yes: '与本人当面谈了', no: [] },
    message: { question: '本人回复了吗？', yes: '本人已回复', no: [['sent', '已发送，没有回复']] },
  };
/** 记录联系: an attempt and a contact are told apart before anything else is asked. */
export function RecordContact({
  file,
  registration,
  close,
}: {
  file: CaseFile;
  registration: Registration;
  close: () => void;
}) {
  const first = !registration.firstContactAt;
  const { form } = file.application;
  const box = formReasons.find((one) => String(one.box) === String(form.reason ?? ''));
  const [purpose, setPurpose] = useState<Purpose>(first ? 'first' : 'followUp');
  const [means, setMeans] = useState<Means>('telephone');
  const [answer, setAnswer] = useState('');
  const now = useNow();
  const [started] = useState(() => localMinute(now()).split('T'));
  const [day, setDay] = useState(started[0] ?? '');
  const [time, setTime] = useState(started[1] ?? '');
  const [note, setNote] = useState('');
  const [reason, setReason] = useState(box ? (form.reasonText ? String(form.reasonText) : box.text) : '');
  const [skills, setSkills] = useState(lines(form.qualifications));
  const [wishes, setWishes] = useState(lines(form.wishes));
  const [told, setTold] = useState(false);
  const [how, setHow] = useState<How>('message');
  const [handed, setHanded] = useState(true);
  const [profile, setProfile] = useState<ProfileDraft>({});
  const [level, setLevel] = useState<ClassDraft>({ reason: '' });
  const [finding, setFinding] = useState(noFinding);
  const whole = wholeProfile(profile);
  const suggested = useComputedClass(registration.id, profile);
  const computed = whole && suggested.data?.computed;
  const lists = useLists(String(form.placeDivision ?? file.application.office.slice(0, 6)));
  const answered = answer === 'reached';
  const interview = purpose === 'first' && answered;
  const forbidden = useForbidden([note, reason, skills, wishes, level.reason].join('\n')).length > 0;
  const action = useCaseAction(
    file.application.id,
    (body: ContactBody, key) => call('recordContact', { params: { id: registration.id }, body, key }),
    close,
  );
  const missing = interview
    ? [
        !reason.trim() && '失业原因',
        !skills.trim() && '技能水平',
        !wishes.trim() && '就业意愿',
        !handed && '三张清单',
        !told && '已告知注销条件',
        !whole && '面谈问题',
        whole && classLacks(level, computed?.class),
      ].filter((one) => typeof one === 'string')
    : [];
  const hold =
    answer === ''
      ? `请先选：${results[means].question}`
      : day === '' || time === ''
        ? '请写明日期和时间'
        : answered && !interview && note.trim() === ''
          ? '请写明联系内容'
          : missing.length > 0
            ? `还缺：${missing.join('、')}`
            : forbidden
              ? '有不能写的内容'
              : answered
                ? findingLacks(finding, purpose === 'followUp')
                : undefined;
  function submit(): void {
    action.run({
      purpose,
      means,
      answered,
      at: instantOf(`${day}T${time}`),
      result: answered ? (means === 'message' ? 'replied' : 'reached') : answer,
      note: note.trim(),
      ...(answered ? { finding: findingOf(finding) } : {}),
      ...(interview
        ? {
            interview: {
              reason: reason.trim(),
              skills: skills.trim(),
              wishes: wishes.trim(),
              exitConditionsTold: told,
              profile: whole,
              class: level.class ?? computed?.class,
              classReason: level.reason.trim() || undefined,
            },
            lists: (lists.data ?? []).map(({ list, division, version }) => ({ list, division, version, how })),
          }
        : {}),
    });
  }
  return (
    <ActionDrawer
      {...action}
      title={`记录联系：${file.person.name}`}
      close={close}
      submit={submit}
      submitText={answer === '' || answered ? '保存联系' : '保存尝试'}
      size={640}
      hold={hold}
      consequence={
        answer === ''
          ? undefined
          : answered
            ? purpose === 'first'
              ? '保存后首次联系完成，计入本月跟踪。'
              : '计入本月跟踪。'
            : '记为一次尝试，首次联系期限照旧。'
      }
    >
      <div className="two">
        <Field label="目的" required>
          <Select
            value={purpose}
            onChange={setPurpose}
            options={(Object.keys(purposeTexts) as Purpose[])
              .filter((one) => one !== 'first' || first)
              .map((value) => ({ value, label: purposeTexts[value] }))}
          />
        </Field>
        <div className="two">
          <Field label="日期" required>
            <DateField value={day} onChange={setDay} />
          </Field>
          <Field label="时间" required>
            <TimeField value={time} onChange={setTime} />
          </Field>
        </div>
      </div>
      <Group legend="方式" required>
        <Radio.Group
          value={means}
          optionType="button"
          onChange={(event) => {
            setMeans(event.target.value as Means);
            setAnswer('');
          }}
          options={meansTexts.map(([value, label]) => ({ value, label }))}
        />
      </Group>
      <Group legend={results[means].question} required className="question">
        <Radio.Group className="choices" value={answer} onChange={(event) => setAnswer(String(event.target.value))}>
          <Radio value="reached">{results[means].yes}</Radio>
          {results[means].no.map(([value, text]) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      {interview && (
        <>
          <h3 className="part">面谈</h3>
          <FreeText
            label="失业原因"
            required
            rows={2}
            value={reason}
            onChange={setReason}
            hint="按本人所说核对，表上填的已带出。"
          />
          <FreeText
            label="技能水平"
            required
            rows={2}
            value={skills}
            onChange={setSkills}
            hint="本人自述即可，不看证书。"
          />
          <FreeText label="就业意愿" required rows={2} value={wishes} onChange={setWishes} />
          <ProfileFields draft={profile} change={setProfile} />
          <h3 className="part">三张清单</h3>
          <ListVersions lists={lists.data ?? []} loading={lists.isLoading} />
          <div className="two">
            <Field label="怎样提供">
              <Select
                value={how}
                onChange={setHow}
                options={[
                  { value: 'message', label: '发到手机' },
                  { value: 'paper', label: '给了纸质' },
                  { value: 'portal', label: '在网上服务大厅看' },
                  { value: 'readOut', label: '逐项讲给本人听' },
                ]}
              />
            </Field>
          </div>
          <div className="ticks">
            <Checkbox checked={handed} onChange={(event) => setHanded(event.target.checked)}>
              以上版本的三张清单已提供给本人
            </Checkbox>
            <Checkbox checked={told} onChange={(event) => setTold(event.target.checked)}>
              已介绍后续服务，已告知注销条件
            </Checkbox>
          </div>
          <h3 className="part">服务类别</h3>
          <ClassChoice
            answered={whole !== undefined}
            computed={computed}
            difficulty={suggested.data?.difficulty === true}
            draft={level}
            change={setLevel}
          />
        </>
      )}
      {answered && !interview && (
        <FindingFields draft={finding} change={setFinding} required={purpose === 'followUp'} />
      )}
      {answer !== '' && (
        <FreeText
          label={answered ? '联系内容和结果' : '备注（可不填）'}
          required={answered && !interview}
          max={500}
          value={note}
          onChange={setNote}
          hint={answered ? '谈了什么、约定了什么。' : undefined}
        />
      )}
    </ActionDrawer>
  );
}

function lines(value: unknown): string {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string' && one !== '').join('；') : '';
}
