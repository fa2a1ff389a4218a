import { useMutation, useQueryClient } from '@tanstack/react-query';
import { codeTables } from '@yingdeng/contract/code-tables.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Input, Select } from 'antd';
import { useState } from 'react';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { useSession } from '../../session/use-session.ts';

type Asked = Body<'requestTransfer'>;

/** Somebody who moved here has a registration elsewhere: its office is asked to let it go. */
export function AskDrawer({ close }: { close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { data: session } = useSession();
  const own = session?.office?.office ?? '';
  const keys = useRequestKey();
  const [name, setName] = useState('');
  const [idNumber, setIdNumber] = useState('');
  // Whoever works at an office that registers takes it there; a city says for which of its offices.
  const [office, setOffice] = useState(own.endsWith('00') && own.length === 6 ? '' : own);
  const [place, setPlace] = useState<Asked['place']>('residence');
  const [more, setMore] = useState('');
  const reason = [`本人要求转到${codeTables.registrationPlace.values[place]}办理`, more.trim()]
    .filter(Boolean)
    .join('。');
  const forbidden = useForbidden(reason).length > 0;
  const ask = useMutation({
    mutationFn: (body: Asked) => call('requestTransfer', { body, key: keys.keyFor(body) }),
    onError: keys.refused,
    onSuccess: async (answer) => {
      message.success(answer.message);
      await cache.invalidateQueries();
      close();
    },
  });
  const hold =
    name.trim().length < 2
      ? '请填写姓名'
      : idNumber.trim().length < 15
        ? '请填写证件号码'
        : office === ''
          ? '请选择转入的机构'
          : forbidden
            ? '说明里有不能写的内容'
            : undefined;
  return (
    <ActionDrawer
      title="请原机构转出登记"
      close={close}
      submit={() => ask.mutate({ name: name.trim(), idNumber: idNumber.trim(), office, place, reason })}
      submitText="发出请求"
      busy={ask.isPending}
      trouble={ask.error ? troubleOf(ask.error) : undefined}
      hold={hold}
      consequence="原机构答复后登记转到这里。期限内没有答复的，本机构可以直接接收。本人不用回原来的地方办。"
    >
      <p className="quiet">本人在外地有有效登记、现在到这里办理时用。要本人在场并提出。</p>
      <Field label="姓名" required>
        <Input value={name} onChange={(event) => setName(event.target.value)} maxLength={50} autoFocus />
      </Field>
      <Field label="证件号码" required hint="与登记时的社会保障号码一致。">
        <Input
          value={idNumber}
          onChange={(event) => setIdNumber(event.target.value)}
          maxLength={22}
          className="num"
          autoComplete="off"
        />
      </Field>
      <Field label="转入的机构" required>
        <OfficeSelect division={own} value={office} onChange={setOffice} placeholder="选择机构" clearable={false} />
      </Field>
      <Field label="依据" required hint="登记失业地改记为这一类。">
        <Select
          value={place}
          options={Object.entries(codeTables.registrationPlace.values).map(([value, label]) => ({
            value: value as Asked['place'],
            label: `${label}在这里`,
          }))}
          onChange={setPlace}
        />
      </Field>
      <FreeText label="补充说明（可不填）" value={more} onChange={setMore} max={120} rows={2} />
    </ActionDrawer>
  );
}
