import { type CheckMeans, checkMeans, type LeaveReason, leaveReasons } from '@yingdeng/rules/welfare-post.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Checkbox, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { useServiceAct } from './use-service.ts';
import type { Placement, WelfareFile } from './welfare-section.tsx';

interface Props {
  readonly file: WelfareFile;
  readonly close: () => void;
}

/** 安置: a post with a free place, from when, and the exception near the pension where it applies. */
export function PlaceDrawer({ file, close }: Props) {
  const today = useToday();
  const [post, setPost] = useState<string>();
  const [startsOn, setStartsOn] = useState(today ?? '');
  const [near, setNear] = useState(false);
  const [pensionOn, setPensionOn] = useState('');
  const [source, setSource] = useState('');
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'placeInWelfarePost'>, key) =>
      call('placeInWelfarePost', { params: { id: file.registrationId }, body, key }),
    close,
  );
  const hold = !post
    ? '请选岗位'
    : !startsOn
      ? '请填上岗日期'
      : near && (!pensionOn || source.trim().length < 4)
        ? '请填到龄日期和怎样核实的'
        : undefined;
  return (
    <ActionDrawer
      {...action}
      title="安置到公益性岗位"
      close={close}
      submitText="安置"
      size={600}
      hold={hold}
      consequence="本人会收到消息；同时提出退出（14 被公益性岗位安置），照常确认。"
      submit={() =>
        post &&
        action.run({
          postId: post,
          startsOn,
          ...(near ? { pensionOn, pensionSource: source.trim() } : { pensionSource: '' }),
        })
      }
    >
      <Field
        label="岗位"
        required
        hint={file.posts.length === 0 ? '本市没有空着的公益性岗位，先到“公益性岗位”录入。' : undefined}
      >
        <Select
          value={post}
          onChange={setPost}
          placeholder="单位、岗位"
          showSearch={{ optionFilterProp: 'label' }}
          options={file.posts.map((one) => ({
            value: one.id,
            label: `${one.title}，${one.employer}，${one.place}，${one.wage}元，空${one.posts - one.taken}个`,
          }))}
        />
      </Field>
      <Field label="上岗日期" required hint={file.limitsText}>
        <DateField value={startsOn} onChange={setStartsOn} />
      </Field>
      <Checkbox checked={near} onChange={(event) => setNear(event.target.checked)}>
        临近领取养老金，年限放宽到领取时
      </Checkbox>
      {near && (
        <div className="two">
          <Field label="开始领取养老金的日期" required>
            <DateField value={pensionOn} onChange={setPensionOn} />
          </Field>
          <Field label="怎样核实的" required>
            <Input maxLength={100} value={source} onChange={(event) => setSource(event.target.value)} />
          </Field>
        </div>
      )}
    </ActionDrawer>
  );
}

/** The month a check is owed for, and those missed before it. */
const monthsToCheck = (current: Placement, today: string): string[] => {
  const wanted = new Set([...current.missed, today.slice(0, 7)]);
  return [...wanted].filter((month) => !current.checks.some((check) => check.month === month)).sort();
};

/** 在岗核查: once a calendar month. */
export function CheckDrawer({ file, current, close }: Props & { current: Placement }) {
  const today = useToday() ?? '';
  const months = monthsToCheck(current, today);
  const [month, setMonth] = useState(months.at(-1));
  const [onDuty, setOnDuty] = useState<boolean>();
  const [means, setMeans] = useState<CheckMeans>('visit');
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'checkWelfareDuty'>, key) => call('checkWelfareDuty', { params: { id: current.id }, body, key }),
    close,
  );
  const hold = !month
    ? '本月已经核查过'
    : onDuty === undefined
      ? '请选是否在岗'
      : !onDuty && text.trim().length < 4
        ? '请写明不在岗的情况'
        : blocked
          ? '有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title="在岗核查"
      close={close}
      submitText="记录"
      hold={hold}
      consequence="每月一次；不在岗的，核实后记离岗。"
      submit={() => month && onDuty !== undefined && action.run({ month, onDuty, means, text: text.trim() })}
    >
      <p>
        {current.post.title}，{current.post.employer}
      </p>
      <Field label="月份" required>
        <Select value={month} onChange={setMonth} options={months.map((one) => ({ value: one, label: one }))} />
      </Field>
      <Group legend="是否在岗" required>
        <Radio.Group
          optionType="button"
          value={onDuty}
          onChange={(event) => setOnDuty(event.target.value as boolean)}
          options={[
            { value: true, label: '在岗' },
            { value: false, label: '不在岗' },
          ]}
        />
      </Group>
      <Group legend="怎样核查的" required>
        <Radio.Group
          optionType="button"
          value={means}
          onChange={(event) => setMeans(event.target.value as CheckMeans)}
          options={Object.entries(checkMeans).map(([value, label]) => ({ value, label }))}
        />
      </Group>
      <FreeText label="情况" required={onDuty === false} max={200} value={text} onChange={setText} />
    </ActionDrawer>
  );
}

/** 离岗: with its day and reason; a new registration is offered afterwards where the person has no work. */
export function LeaveDrawer({ file, current, close }: Props & { current: Placement }) {
  const today = useToday();
  const [on, setOn] = useState(today ?? '');
  const [reason, setReason] = useState<LeaveReason>();
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'leaveWelfarePost'>, key) => call('leaveWelfarePost', { params: { id: current.id }, body, key }),
    close,
  );
  const words = reason === 'dismissed' || reason === 'other';
  const hold = !on
    ? '请填离岗日期'
    : !reason
      ? '请选离岗原因'
      : words && text.trim().length < 4
        ? '请写明离岗的情况'
        : blocked
          ? '有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title="离开公益性岗位"
      close={close}
      submitText="记离岗"
      hold={hold}
      consequence={
        reason && leaveReasons[reason].offersRegistration
          ? '本人会收到消息，可以重新登记；岗位空出一个名额。'
          : '本人会收到消息；岗位空出一个名额。'
      }
      submit={() => reason && action.run({ version: current.version, on, reason, text: text.trim() })}
    >
      <p>
        {current.post.title}，{current.post.employer}，{current.startsOn}上岗
      </p>
      <Field label="离岗日期" required>
        <DateField value={on} onChange={setOn} />
      </Field>
      <Group legend="原因" required>
        <Radio.Group
          className="choices"
          value={reason}
          onChange={(event) => setReason(event.target.value as LeaveReason)}
          options={(Object.entries(leaveReasons) as [LeaveReason, { text: string }][]).map(([value, one]) => ({
            value,
            label: one.text,
          }))}
        />
      </Group>
      <FreeText label="情况" required={words} max={200} value={text} onChange={setText} hint="本人会看到。" />
    </ActionDrawer>
  );
}
