import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { type Matter, type MatterFile, useMatterAct } from './use-matters.ts';

interface Props {
  file: MatterFile;
  close: () => void;
}
interface OnMatter extends Props {
  matter: Matter;
}

type Kind = Matter['kind'];
type How = NonNullable<Body<'askMatter'>['consent']>['how'];
const hows: readonly { value: How; label: string }[] = [
  { value: 'counter', label: '窗口当面' },
  { value: 'telephone', label: '电话' },
  { value: 'visit', label: '走访' },
];

/** Asks for another part; a referral to civil affairs takes the person's own word and consent (M79-5b). */
export function AskDrawer({ file, close }: Props) {
  const today = useToday();
  const [kind, setKind] = useState<Kind | undefined>(file.offers.length === 1 ? file.offers[0]?.kind : undefined);
  const [wish, setWish] = useState('');
  const [on, setOn] = useState(today);
  const [how, setHow] = useState<How>();
  const blocked = useForbidden(wish).length > 0;
  const categories = file.offers.find((offer) => offer.kind === 'difficulty')?.categories ?? [];
  const action = useMatterAct(
    file.applicationId,
    (body: Body<'askMatter'>, key) => call('askMatter', { params: { id: file.applicationId }, body, key }),
    close,
  );
  const referral = kind === 'livingAllowance';
  const hold = !kind
    ? '请选要提出的事项'
    : kind === 'difficulty' && !wish
      ? '请选类别'
      : referral && wish.trim().length < 4
        ? '请写明本人说的收入情况'
        : referral && (!on || !how)
          ? '请记下本人怎样同意的'
          : blocked
            ? '有不能写的内容'
            : undefined;
  const send = () =>
    kind && action.run({ kind, wish: wish.trim(), ...(referral && how ? { consent: { on, how } } : {}) });
  return (
    <ActionDrawer
      {...action}
      title="再提出一项"
      close={close}
      submitText="提出"
      hold={hold}
      consequence="不向本人要材料。办成与否都不影响登记。"
      submit={send}
    >
      <Group legend="事项" required>
        <Radio.Group
          className="choices"
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as Kind);
            setWish('');
          }}
          options={file.offers.map((offer) => ({ value: offer.kind, label: offer.text }))}
        />
      </Group>
      {kind === 'difficulty' && (
        <Group legend="类别" required>
          <Radio.Group
            className="choices"
            value={wish}
            onChange={(event) => setWish(String(event.target.value))}
            options={categories.map((one) => ({ value: one.name, disabled: one.fits === 'no', label: one.name }))}
          />
        </Group>
      )}
      {referral && (
        <>
          <FreeText
            label="本人说的家庭收入"
            required
            value={wish}
            onChange={setWish}
            max={200}
            hint="记本人的话，如“一家三口每月约八百元”。不要收入证明。"
          />
          <Field label="本人同意转介的日期" required>
            <DateField value={on} onChange={setOn} />
          </Field>
          <Group legend="怎样同意的" required>
            <Radio.Group value={how} onChange={(event) => setHow(event.target.value as How)} options={[...hows]} />
          </Group>
        </>
      )}
    </ActionDrawer>
  );
}

/** What came of a part: an introduction that was made, or the other side's answer where it came by hand. */
export function SettleDrawer({ file, matter, close }: OnMatter) {
  const [done, setDone] = useState<boolean>();
  const [text, setText] = useState('');
  const [months, setMonths] = useState<number | null>(null);
  const [yuan, setYuan] = useState<number | null>(null);
  const [from, setFrom] = useState('');
  const own = matter.kind === 'introduction';
  const blocked = useForbidden(text).length > 0 && own;
  const action = useMatterAct(
    file.applicationId,
    (body: Body<'settleMatter'>, key) => call('settleMatter', { params: { id: matter.id }, body, key }),
    close,
  );
  const benefit = done && matter.kind === 'benefit';
  const hold =
    done === undefined
      ? '请选结果'
      : benefit && (!months || !yuan)
        ? '请填月数和每月金额'
        : done && matter.kind === 'livingAllowance' && !from
          ? '请填纳入低保的日期'
          : (own || !done) && text.trim().length < 2
            ? own
              ? '请写明介绍的情况'
              : '请写明对方答复的原因'
            : blocked
              ? '有不能写的内容'
              : undefined;
  const send = () =>
    action.run({
      version: matter.version,
      outcome: done ? 'accepted' : 'refused',
      text: text.trim(),
      ...(benefit && months && yuan ? { months, monthlyFen: Math.round(yuan * 100) } : {}),
      ...(done && from ? { from } : {}),
    });
  const [yes, no] = own
    ? ['已介绍', '暂没有合适的']
    : matter.kind === 'benefit'
      ? ['可以领取', '不能领取']
      : ['已纳入低保', '没有纳入'];
  return (
    <ActionDrawer
      {...action}
      title={own ? '记录职业介绍' : `${matter.kindText}：对方的答复`}
      close={close}
      submitText="保存"
      hold={hold}
      consequence={own ? '记入服务记录。' : '本人会收到消息。登记和其他事项不受影响。'}
      submit={send}
    >
      <Group legend="结果" required>
        <Radio.Group
          optionType="button"
          value={done}
          onChange={(event) => setDone(event.target.value as boolean)}
          options={[
            { value: true, label: yes },
            { value: false, label: no },
          ]}
        />
      </Group>
      {benefit && (
        <div className="money">
          <Field label="领取月数" required>
            <InputNumber min={1} max={24} precision={0} value={months} onChange={setMonths} />
          </Field>
          <Field label="每月金额（元）" required>
            <InputNumber min={1} precision={2} value={yuan} onChange={setYuan} />
          </Field>
        </div>
      )}
      {done && !own && (
        <Field label="从哪天起" required={matter.kind === 'livingAllowance'}>
          <DateField value={from} onChange={setFrom} />
        </Field>
      )}
      {(own || done === false) && (
        <FreeText
          label={own ? (done === false ? '为什么暂没有' : '介绍了什么') : '对方答复的原因'}
          required
          value={text}
          onChange={setText}
          hint={own ? undefined : '按对方的原话写，本人会看到。'}
        />
      )}
    </ActionDrawer>
  );
}

/** Handed over by hand where there is no line. */
export function CarryDrawer({ file, matter, close }: OnMatter) {
  const [number, setNumber] = useState('');
  const action = useMatterAct(
    file.applicationId,
    (body: Body<'carryMatter'>, key) => call('carryMatter', { params: { id: matter.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`人工转送：${matter.kindText}`}
      close={close}
      submitText="已转送"
      consequence="之后等对方答复，可在待办“一件事”里看到。"
      submit={() => action.run({ version: matter.version, number: number.trim() })}
    >
      <Field label="对方的编号" hint="对方给了编号的，填在这里。">
        <Input value={number} maxLength={40} onChange={(event) => setNumber(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}

const reasons = ['本人说不需要了', '本人已在别处办理', '本人想以后再办'];

/** The person no longer wants a part. */
export function WithdrawDrawer({ file, matter, close }: OnMatter) {
  const [reason, setReason] = useState<string>();
  const action = useMatterAct(
    file.applicationId,
    (body: Body<'withdrawMatter'>, key) => call('withdrawMatter', { params: { id: matter.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`不再需要：${matter.kindText}`}
      close={close}
      submitText="记录"
      hold={reason ? undefined : '请选本人怎么说的'}
      consequence="只结束这一项，登记和其他事项照常。随时可以再提出。"
      submit={() => reason && action.run({ version: matter.version, reason })}
    >
      <Field label="本人怎么说的" required>
        <Select value={reason} onChange={setReason} options={reasons.map((text) => ({ value: text, label: text }))} />
      </Field>
    </ActionDrawer>
  );
}

/** What was found about a benefit that stopped. */
export function CheckDrawer({ file, matter, close }: OnMatter) {
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useMatterAct(
    file.applicationId,
    (body: Body<'settleMatterCheck'>, key) => call('settleMatterCheck', { params: { id: matter.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="停发情况核实"
      close={close}
      submitText="保存"
      hold={text.trim().length < 4 ? '请写明核实到的情况' : blocked ? '有不能写的内容' : undefined}
      consequence="停发不等于退出登记。确实有退出情形的，另行提出退出。"
      submit={() => action.run({ version: matter.version, text: text.trim() })}
    >
      {matter.stopped && (
        <p>
          {matter.stopped.on}起停发，对方说的原因：{matter.stopped.reason}
        </p>
      )}
      <FreeText label="核实到的情况" required value={text} onChange={setText} hint="如电话问过本人，是否已经就业。" />
    </ActionDrawer>
  );
}
