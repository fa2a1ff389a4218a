import { sources } from '@yingdeng/rules/verification.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { type CaseFile, type Check, useCaseAction } from './model.ts';

type CheckBody = Body<'recordCheck'>;
type Established = CheckBody['established'];

const established: readonly (readonly [Established, string])[] = [
  ['nothing', '没有影响登记的情形'],
  ['identityNotEstablished', '不能确认是本人'],
  ['drawingPension', '已依法享受基本养老保险待遇'],
  ['employed', '被用人单位录用或招聘'],
  ['inBusiness', '正在从事个体经营、创办企业或民办非企业'],
  ['incomeAboveMinimum', '有稳定收入的劳动，月收入不低于当地最低生活保障标准'],
  ['noCapacity', '完全丧失劳动能力'],
  ['imprisoned', '被判刑收监执行'],
  ['dead', '已死亡'],
];

const ways = [
  { value: 'investigation', label: '工作人员调查（含向本人了解）' },
  ...Object.entries(sources).map(([value, label]) => ({ value, label })),
];

/** 核实: a clerk settles one finding, or records an own investigation. It moves no due date and refuses nobody. */
export function RecordCheck({ file, settles, close }: { file: CaseFile; settles?: Check; close: () => void }) {
  const { id } = file.application;
  const [source, setSource] = useState('investigation');
  const [found, setFound] = useState<Established>('nothing');
  const [note, setNote] = useState('');
  const action = useCaseAction(
    id,
    async (body: CheckBody, key) => ({
      case: await call('recordCheck', { params: { id }, body, key }),
      message: '核查已记录',
    }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={settles ? `核实：${settles.sourceText}` : '记录核查'}
      close={close}
      submit={() => action.run({ source, settles: settles?.id, established: found, note: note.trim() })}
      submitText="保存核查"
      hold={note.trim().length < 2 ? '请写明怎样核实、结果如何' : undefined}
      consequence="只作记录。办结期限不变，不会自动不予登记。"
    >
      {settles && (
        <div className="aside-note">
          <p>{settles.text}</p>
          {settles.mayMean && <p className="quiet">可能表示：{settles.mayMean}。</p>}
        </div>
      )}
      <Field label="核查方式" required>
        <Select value={source} options={ways} onChange={setSource} />
      </Field>
      <Group legend="核实结果" required>
        <Radio.Group
          className="choices"
          value={found}
          onChange={(event) => setFound(event.target.value as Established)}
        >
          {established.map(([value, text]) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      <Field label="经过和结果" required hint="何时、向谁了解、得到什么回答。不得要求提供证明材料。">
        <Input.TextArea rows={3} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
