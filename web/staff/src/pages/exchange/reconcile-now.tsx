import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Modal } from 'antd';
import { useEffect } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { Refused } from '../../parts/notice.tsx';
import { Loading } from '../../parts/states.tsx';

/** 立即对账: compares one day, or the ten, with the platform now. Nothing is asked first: it changes nothing but the result. */
export function ReconcileNow({ on, close }: { on?: string; close: () => void }) {
  const cache = useQueryClient();
  const { mutate, data, error } = useMutation({
    mutationFn: () => call('reconcileExits', { body: on ? { on } : {} }),
    onSettled: () =>
      cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('exchange-') }),
  });
  useEffect(() => mutate(), [mutate]);
  return (
    <Modal
      open
      title={on ? `对账：${on}` : '对账：近十日'}
      onCancel={close}
      width={420}
      footer={
        <Button type={data ? 'primary' : 'default'} onClick={close}>
          关闭
        </Button>
      }
    >
      {error && <Refused trouble={troubleOf(error)} />}
      {data ? <p role="status">{data.message}</p> : !error && <Loading what="正在逐县逐日与平台核对" />}
    </Modal>
  );
}
