import { type CreditCause, checkCredit, creditCauses } from '@yingdeng/rules/credit.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Checkbox, InputNumber, Radio } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import type { CreditFile, CreditRecord } from './credit-section.tsx';
import { useServiceAct } from './use-service.ts';

interface Props {
  readonly file: CreditFile;
  readonly close: () => void;
}

/** 提出记录: the facts and where they come from; the level follows from the provision. */
export function ProposeDrawer({ file, close }: Props) {
  const [cause, setCause] = useState<CreditCause>();
  const [yuan, setYuan] = useState(0);
  const [months, setMonths] = useState(0);
  const [refuses, setRefuses] = useState(false);
  const [evidence, setEvidence] = useState('');
  const blocked = useForbidden(evidence).length > 0;
  const money = cause !== undefined && cause !== 'falseForm';
  const facts = money ? { yuan, months, refuses } : { yuan: 0, months: 0, refuses: false };
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'proposeCredit'>, key) => call('proposeCredit', { params: { id: file.registrationId }, body, key }),
    close,
  );
  const hold = !cause
    ? '请选情形'
    : (checkCredit({ cause, ...facts }, evidence)?.message ?? (blocked ? '有不能写的内容' : undefined));
  const number = (value: number, set: (next: number) => void) => (
    <InputNumber
      className="num"
      style={{ width: '100%' }}
      min={0}
      precision={0}
      controls={false}
      value={value || undefined}
      onChange={(next) => set(Number(next ?? 0))}
    />
  );
  return (
    <ActionDrawer
      {...action}
      title="提出信用记录"
      close={close}
      submitText="提出"
      hold={hold}
      consequence={
        cause === 'falseForm'
          ? '只作内部提示，本人会收到消息；登记不受影响。'
          : '先告知本人、听取意见，再由第二人决定；登记不受影响。'
      }
      submit={() => cause && action.run({ cause, ...facts, evidence: evidence.trim() })}
    >
      <Group legend="情形" required>
        <Radio.Group
          className="choices"
          value={cause}
          onChange={(event) => setCause(event.target.value as CreditCause)}
          options={file.mayPropose.map((value) => ({ value, label: creditCauses[value] }))}
        />
      </Group>
      {money && (
        <>
          <div className="two">
            <Field label="涉及金额" required hint="元">
              {number(yuan, setYuan)}
            </Field>
            <Field label="涉及月数">{number(months, setMonths)}</Field>
          </div>
          <Checkbox checked={refuses} onChange={(event) => setRefuses(event.target.checked)}>
            责令退回后拒不退回
          </Checkbox>
        </>
      )}
      <FreeText
        label="事实和证据"
        required
        value={evidence}
        onChange={setEvidence}
        hint="查到了什么、从哪里查到的。本人会看到。"
      />
    </ActionDrawer>
  );
}

/** 决定、答复异议: by a person who has not proposed, or not decided, with the reason. */
export function DecideDrawer({ file, record, close }: Props & { record: CreditRecord }) {
  const objected = record.may.includes('answerObjection');
  const [holds, setHolds] = useState<boolean>();
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'decideCredit'>, key) => call('decideCredit', { params: { id: record.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={objected ? '答复异议' : `决定：${record.levelText}`}
      close={close}
      submitText={holds === false ? (objected ? '撤销记录' : '不予记录') : objected ? '维持' : '记录'}
      danger={holds === true}
      hold={
        holds === undefined
          ? '请选结果'
          : text.trim().length < 4
            ? '请写明理由'
            : blocked
              ? '有不能写的内容'
              : undefined
      }
      consequence="本人会收到消息；登记不受影响。"
      submit={() => holds !== undefined && action.run({ version: record.version, holds, text: text.trim() })}
    >
      <p>{record.evidence}</p>
      <p className="quiet">{objected ? `本人异议：${record.objection}` : `本人说明：${record.answer || '没有说明'}`}</p>
      <Group legend="结果" required>
        <Radio.Group
          optionType="button"
          value={holds}
          onChange={(event) => setHolds(event.target.value as boolean)}
          options={[
            { value: true, label: objected ? '维持' : '记录' },
            { value: false, label: objected ? '撤销' : '不予记录' },
          ]}
        />
      </Group>
      <FreeText label="理由" required value={text} onChange={setText} hint="本人会看到。" />
    </ActionDrawer>
  );
}

/** 修复: the harm was made good. */
export function RepairDrawer({ file, record, close }: Props & { record: CreditRecord }) {
  const [text, setText] = useState('');
  const blocked = useForbidden(text).length > 0;
  const action = useServiceAct(
    file.registrationId,
    (body: Body<'repairCredit'>, key) => call('repairCredit', { params: { id: record.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title="修复信用记录"
      close={close}
      submitText="修复"
      hold={text.trim().length < 4 ? '请写明怎样纠正的' : blocked ? '有不能写的内容' : undefined}
      consequence="记录从今天起不再有效，本人会收到消息。"
      submit={() => action.run({ version: record.version, text: text.trim() })}
    >
      <p>
        {record.levelText}，{record.causeText}
      </p>
      <FreeText label="怎样纠正的" required value={text} onChange={setText} hint="如款项已全部退回。" />
    </ActionDrawer>
  );
}
