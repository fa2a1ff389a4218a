import { useMutation, useQueryClient } from '@tanstack/react-query';
import { declineGrounds, groundsOf } from '@yingdeng/rules/transfer-request.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Radio } from 'antd';
import { useState } from 'react';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import type { Request } from './transfers.tsx';

type Kind = Body<'settleTransfer'>['action'];

const words: Readonly<Record<Kind, { title: string; submit: string; consequence: string }>> = {
  accept: {
    title: '转移登记',
    submit: '确认转移',
    consequence: '登记马上转过去，编号、登记日期和各项期限不变。本人会收到新机构的名称和电话。',
  },
  decline: {
    title: '退回转移请求',
    submit: '退回',
    consequence: '登记仍在原机构。本人会收到退回的情形。人户分离、户籍不在当地都不是退回的理由。',
  },
  withdraw: { title: '撤回转移请求', submit: '撤回', consequence: '登记仍在原机构，不另通知本人。' },
};

/** One of the two offices settles a request. */
export function SettleDrawer({ request, kind, close }: { request: Request; kind: Kind; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const keys = useRequestKey();
  const [ground, setGround] = useState('');
  const [text, setText] = useState('');
  const forbidden = useForbidden(text).length > 0;
  const settle = useMutation({
    mutationFn: (body: Body<'settleTransfer'>) =>
      call('settleTransfer', { params: { id: request.id }, body, key: keys.keyFor(body) }),
    onError: keys.refused,
    onSuccess: async (answer) => {
      message.success(answer.message);
      await cache.invalidateQueries();
      close();
    },
  });
  const { title, submit, consequence } = words[kind];
  const grounds = groundsOf(request.side === 'from' ? 'to' : 'from');
  const hold = kind === 'decline' && !ground ? '请选择退回的情形' : forbidden ? '有不能写的内容' : undefined;
  return (
    <ActionDrawer
      title={`${title}：${request.name}`}
      close={close}
      submit={() =>
        settle.mutate({
          version: request.version,
          action: kind,
          text: text.trim(),
          ...(kind === 'decline' ? { ground } : {}),
        })
      }
      submitText={submit}
      busy={settle.isPending}
      trouble={settle.error ? troubleOf(settle.error) : undefined}
      danger={kind === 'decline'}
      hold={hold}
      consequence={consequence}
    >
      <p>
        {request.fromOffice} → <b>{request.toOffice}</b>
        <br />
        <span className="quiet">{request.reason}</span>
      </p>
      {kind === 'decline' && (
        <Group legend="退回的情形" required>
          <Radio.Group
            className="choices"
            value={ground}
            onChange={(event) => setGround(event.target.value as string)}
            options={grounds.map((value) => ({ value, label: declineGrounds[value].text }))}
          />
        </Group>
      )}
      {kind !== 'accept' && <FreeText label="说明（可不填）" value={text} onChange={setText} max={150} rows={2} />}
    </ActionDrawer>
  );
}
