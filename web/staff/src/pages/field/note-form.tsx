import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Checkbox, Input, Radio } from 'antd';
import { useState } from 'react';
import { useNow } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FindingFields, findingLacks, findingOf, noFinding } from '../cases/finding-fields.tsx';
import type { NoteBody } from './queue.ts';

type Day = Answer<'getFieldDay'>;
export type FieldPerson = Day['people'][number];
/** Somebody of the three groups: a contact and nothing more, no interview and no exit (M79-1b). */
export type FieldServed = Day['served'][number];

const outcomes = [
  { value: 'met', text: '见到本人，谈了', means: 'visit', answered: true, result: 'reached' },
  { value: 'away', text: '上门，没见到', means: 'visit', answered: false, result: 'notHome' },
  { value: 'called', text: '电话打通，谈了', means: 'telephone', answered: true, result: 'reached' },
  { value: 'silent', text: '电话没人接', means: 'telephone', answered: false, result: 'noAnswer' },
] as const;

const long = { rows: 2, maxLength: 300 } as const;

/** A note on the doorstep: what came of it, one line of words; the interview when it is the first contact (A21-4b, A21-4c). */
export function NoteForm({
  person,
  lists,
  save,
  close,
}: {
  person: FieldPerson | FieldServed;
  lists: Day['lists'];
  save: (body: NoteBody) => Promise<void>;
  close: () => void;
}) {
  const now = useNow();
  const [chosen, setChosen] = useState('');
  const [note, setNote] = useState('');
  const registered = 'registrationId' in person;
  const [whole, setWhole] = useState(registered && person.purpose === 'first');
  const [reason, setReason] = useState('');
  const [skills, setSkills] = useState('');
  const [wishes, setWishes] = useState('');
  const [told, setTold] = useState(false);
  const [handed, setHanded] = useState(false);
  const [finding, setFinding] = useState(noFinding);
  const [busy, setBusy] = useState(false);
  const outcome = outcomes.find((one) => one.value === chosen);
  const first = registered && person.purpose === 'first';
  const interview = first && whole && outcome?.answered === true;
  const theirs = registered ? lists.filter((one) => one.county === person.division) : [];
  const missing = interview
    ? [
        !reason.trim() && '失业原因',
        !skills.trim() && '技能水平',
        !wishes.trim() && '就业意愿',
        !told && '告知',
        !handed && '三张清单',
      ].filter((one) => one !== false)
    : [];
  const hold = !outcome
    ? '请选结果'
    : outcome.answered && !interview && note.trim() === ''
      ? '请写谈了什么'
      : missing.length > 0
        ? `还缺：${missing.join('、')}`
        : outcome.answered && registered
          ? findingLacks(finding, !interview)
          : undefined;
  const submit = async () => {
    if (!outcome) return;
    setBusy(true);
    await save({
      purpose: first && (!outcome.answered || interview) ? 'first' : 'followUp',
      means: outcome.means,
      answered: outcome.answered,
      at: now().toISOString(),
      result: outcome.result,
      note: note.trim(),
      ...(outcome.answered && registered ? { finding: findingOf(finding) } : {}),
      ...(interview
        ? {
            interview: {
              reason: reason.trim(),
              skills: skills.trim(),
              wishes: wishes.trim(),
              exitConditionsTold: true,
            },
            lists: theirs.map(({ list, division, version }) => ({ list, division, version, how: 'paper' as const })),
          }
        : {}),
    });
    close();
  };
  return (
    <ActionDrawer
      title={`记录：${person.name}`}
      close={close}
      submit={() => void submit()}
      submitText="记下来"
      busy={busy}
      hold={hold}
      consequence="先存在本机；有网络时自动发送，同一条只会记一次。"
    >
      <Group legend="结果" required>
        <Radio.Group className="choices" value={chosen} onChange={(event) => setChosen(String(event.target.value))}>
          {outcomes.map(({ value, text }) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      {first && outcome?.answered && (
        <Checkbox checked={whole} onChange={(event) => setWhole(event.target.checked)}>
          当场做完首次面谈（不勾，只算本月跟踪，首次联系还要另做）
        </Checkbox>
      )}
      {interview && (
        <>
          <Field label="失业原因" required>
            <Input.TextArea {...long} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
          <Field label="技能水平" required>
            <Input.TextArea {...long} value={skills} onChange={(event) => setSkills(event.target.value)} />
          </Field>
          <Field label="就业意愿" required>
            <Input.TextArea {...long} value={wishes} onChange={(event) => setWishes(event.target.value)} />
          </Field>
          <Checkbox checked={handed} onChange={(event) => setHanded(event.target.checked)}>
            三张清单已当面给了纸质的（第{theirs.map((one) => one.version).join('、') || '？'}版）
          </Checkbox>
          <Checkbox checked={told} onChange={(event) => setTold(event.target.checked)}>
            已告知后续服务和退出登记的情形
          </Checkbox>
        </>
      )}
      {registered && outcome?.answered && !interview && <FindingFields draft={finding} change={setFinding} required />}
      <Field label={outcome?.answered && !interview ? '谈了什么' : '说明'} required={outcome?.answered && !interview}>
        <Input.TextArea rows={3} maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
