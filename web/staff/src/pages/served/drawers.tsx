import { contactMeans, contactResults, contactTable } from '@yingdeng/rules/contact.ts';
import { servedEnds } from '@yingdeng/rules/served.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Radio } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import type { Served } from './served.tsx';
import { useServedAct } from './use-served.ts';

type Contact = Body<'recordServedContact'>;
const means = ['telephone', 'message', 'visit', 'counter'] as const;

/** An attempt or a contact, by the same table as with registrants. */
export function ContactDrawer({ person, close }: { person: Served; close: () => void }) {
  const [how, setHow] = useState<Contact['means']>('telephone');
  const [result, setResult] = useState<Contact['result']>();
  const [note, setNote] = useState('');
  const blocked = useForbidden(note).length > 0;
  const action = useServedAct(
    (body: Contact, key) => call('recordServedContact', { params: { id: person.id }, body, key }),
    close,
  );
  const results = Object.keys(contactTable[how]) as Contact['result'][];
  const spoke = result !== undefined && contactTable[how][result] === 'contact';
  return (
    <ActionDrawer
      {...action}
      title={`记录联系：${person.name}`}
      close={close}
      submitText="保存"
      hold={
        !result ? '请选结果' : spoke && note.trim() === '' ? '请写明联系内容' : blocked ? '有不能写的内容' : undefined
      }
      consequence={spoke ? '本月已跟踪。' : '没有联系上本人的，只记一次尝试，还要再联系。'}
      submit={() => result && action.run({ means: how, result, note: note.trim() })}
    >
      <p>
        {person.groupText}，<span className="num">{person.mobileMasked}</span>
      </p>
      <Group legend="方式" required>
        <Radio.Group
          optionType="button"
          value={how}
          onChange={(event) => {
            setHow(event.target.value as Contact['means']);
            setResult(undefined);
          }}
          options={means.map((value) => ({ value, label: contactMeans[value] }))}
        />
      </Group>
      <Group legend="结果" required>
        <Radio.Group
          value={result}
          onChange={(event) => setResult(event.target.value as Contact['result'])}
          options={results.map((value) => ({ value, label: contactResults[value] }))}
        />
      </Group>
      <FreeText
        label="联系内容"
        required={spoke}
        value={note}
        onChange={setNote}
        hint="本人的就业意愿、给的服务；愿意登记的，请办失业登记。"
      />
    </ActionDrawer>
  );
}

/** Leaves the list with the reason. */
export function EndDrawer({ person, close }: { person: Served; close: () => void }) {
  const [reason, setReason] = useState<keyof typeof servedEnds>();
  const action = useServedAct(
    (body: Body<'endServed'>, key) => call('endServed', { params: { id: person.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`结束服务：${person.name}`}
      close={close}
      submitText="结束服务"
      hold={reason ? undefined : '请选原因'}
      consequence="不再出现在待办里，记录保留。以后又在名单上，会重新开始服务。"
      submit={() => reason && action.run({ version: person.version, reason })}
    >
      <Group legend="原因" required>
        <Radio.Group
          className="choices"
          value={reason}
          onChange={(event) => setReason(event.target.value as keyof typeof servedEnds)}
          options={Object.entries(servedEnds).map(([value, label]) => ({ value, label }))}
        />
      </Group>
    </ActionDrawer>
  );
}
