import { checkLoan, type SupportAction, supportActionText, supportTable } from '@yingdeng/rules/support-policy.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Input, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import type { SupportApplication, SupportFile, SupportPolicy } from './support-section.tsx';
import { useServiceAct } from './use-service.ts';

interface Props {
  readonly file: SupportFile;
  readonly close: () => void;
}

/** 受理: the conditions data cannot tell are asked; one that is not met needs a word, not a refusal. */
export function AcceptDrawer({ file, policy, close }: Props & { policy: SupportPolicy }) {
  const asked = policy.conditions.filter(({ stands }) => stands === 'ask');
  const [answers, setAnswers] = useState<readonly (boolean | undefined)[]>(asked.map(() => undefined));
  const [note, setNote] = useState('');
  const [loan, setLoan] = useState({ yuan: 0, years: policy.loan?.mostYears ?? 0, purpose: '' });
  const blocked = useForbidden(`${note}\n${loan.purpose}`).length > 0;
  const unmet = policy.conditions.some(({ stands }) => stands === 'no') || answers.includes(false);
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'acceptSupport'>, key) => call('acceptSupport', { params: { id: file.registrationId }, body, key }),
    close,
  );
  const hold = answers.includes(undefined)
    ? '请逐条问本人'
    : unmet && note.trim().length < 4
      ? '有条件不符合，请写明情况'
      : blocked
        ? '有不能写的内容'
        : policy.loan && checkLoan(loan, policy.loan)?.message;
  return (
    <ActionDrawer
      {...action}
      title={`受理：${policy.name}`}
      close={close}
      submitText="受理申请"
      hold={hold}
      consequence={`由${policy.grantedBy}批准，结果会告诉本人；不影响登记。`}
      submit={() =>
        action.run({
          policy: policy.name,
          answers: answers.map((one) => one === true),
          note: note.trim(),
          ...(policy.loan ? { loan } : {}),
        })
      }
    >
      <ul className="points">
        {policy.conditions
          .filter(({ stands }) => stands !== 'ask')
          .map((one) => (
            <li key={one.text} className={`stands-${one.stands}`}>
              {one.text} <b>{one.stands === 'yes' ? '符合' : '不符合'}</b>（{one.why.replace(/。$/, '')}）
            </li>
          ))}
      </ul>
      {asked.map((one, index) => (
        <Group key={one.text} legend={one.text} required>
          <Radio.Group
            optionType="button"
            value={answers[index]}
            onChange={(event) => setAnswers(answers.with(index, event.target.value as boolean))}
            options={[
              { value: true, label: '本人说符合' },
              { value: false, label: '本人说不符合' },
            ]}
          />
        </Group>
      ))}
      {policy.loan && (
        <>
          <div className="two">
            <Field label="拟贷金额" required hint={`元，最多${policy.loan.mostYuan}`}>
              <InputNumber
                className="num"
                style={{ width: '100%' }}
                min={0}
                precision={0}
                controls={false}
                value={loan.yuan || undefined}
                onChange={(yuan) => setLoan({ ...loan, yuan: Number(yuan ?? 0) })}
              />
            </Field>
            <Field label="期限" required hint={`年，最长${policy.loan.mostYears}`}>
              <InputNumber
                className="num"
                style={{ width: '100%' }}
                min={0}
                precision={0}
                controls={false}
                value={loan.years || undefined}
                onChange={(years) => setLoan({ ...loan, years: Number(years ?? 0) })}
              />
            </Field>
          </div>
          <Field label="用途" required>
            <Input
              maxLength={100}
              value={loan.purpose}
              onChange={(event) => setLoan({ ...loan, purpose: event.target.value })}
            />
          </Field>
        </>
      )}
      <FreeText label="说明" required={unmet} max={200} value={note} onChange={setNote} />
    </ActionDrawer>
  );
}

const labels: Readonly<Record<SupportAction, string>> = {
  forward: '转交给',
  grant: '批准的内容',
  refuse: '未获批准的原因',
  withdraw: '本人撤回的原因',
};

/** 办理: forwarded to whom, or what came of it. */
export function SettleDrawer({ file, application, close }: Props & { application: SupportApplication }) {
  const actions = Object.keys(supportTable[application.state]) as SupportAction[];
  const [act, setAct] = useState<SupportAction | undefined>(actions[0]);
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'settleSupport'>, key) => call('settleSupport', { params: { id: application.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`办理：${application.policy}`}
      close={close}
      submitText={act ? supportActionText[act] : '保存'}
      hold={
        !act ? '请选怎样办' : text.trim().length < 2 ? `请写明${labels[act]}` : blocked ? '有不能写的内容' : undefined
      }
      consequence={act === 'grant' || act === 'refuse' ? '本人会收到消息；登记不受影响。' : undefined}
      submit={() => act && action.run({ version: application.version, action: act, text: text.trim() })}
    >
      <Group legend="怎样办" required>
        <Radio.Group
          optionType="button"
          value={act}
          onChange={(event) => setAct(event.target.value as SupportAction)}
          options={actions.map((one) => ({ value: one, label: supportActionText[one] }))}
        />
      </Group>
      <FreeText
        label={act ? labels[act] : '说明'}
        required
        max={200}
        value={text}
        onChange={setText}
        hint={act === 'forward' ? undefined : '本人会看到。'}
      />
    </ActionDrawer>
  );
}
