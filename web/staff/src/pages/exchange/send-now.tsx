import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Refused } from '../../parts/notice.tsx';

/** 立即上传: builds and sends a day's exits; safe to repeat. The outcome stays on screen until it is read. */
export function SendNow({ on, max, close }: { on: string; max: string; close: () => void }) {
  const cache = useQueryClient();
  const [day, setDay] = useState(on);
  const send = useMutation({
    mutationFn: () => call('sendExits', { body: { on: day } }),
    onSettled: () =>
      cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('exchange-') }),
  });
  const { data } = send;
  return (
    <Modal
      open
      title="立即上传"
      onCancel={close}
      width={440}
      footer={
        data ? (
          <Button type="primary" onClick={close}>
            关闭
          </Button>
        ) : (
          <>
            <Button onClick={close}>取消</Button>
            <Button type="primary" loading={send.isPending} disabled={!day || day > max} onClick={() => send.mutate()}>
              上传
            </Button>
          </>
        )
      }
    >
      {send.error && <Refused trouble={troubleOf(send.error)} />}
      {data ? (
        <div role="status">
          <p>
            <b className="num">{data.on}</b>共{data.exits}条退出：已接收{data.accepted}，退回{data.returned}，有误
            {data.blocked}，待上传{data.waiting}。
          </p>
          {data.receipts.length > 0 && <p className="num quiet">回执：{data.receipts.join('、')}</p>}
        </div>
      ) : (
        <Field label="业务日期" hint="当天没有退出也会上报零。已接收的不会重复上传。">
          <DateField value={day} onChange={setDay} />
        </Field>
      )}
    </Modal>
  );
}
