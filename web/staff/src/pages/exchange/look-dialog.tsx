import { useMutation } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { FreeText } from '../../parts/free-text.tsx';
import { Refused } from '../../parts/notice.tsx';

/** A reason first; the look is recorded and the person sees it. */
export function LookDialog({
  exitId,
  name,
  close,
  shown,
}: {
  exitId: string;
  name: string;
  close: () => void;
  shown: (fields: Answer<'lookAtExchangeRecord'>['fields']) => void;
}) {
  const [reason, setReason] = useState('');
  const look = useMutation({
    mutationFn: () => call('lookAtExchangeRecord', { params: { id: exitId }, body: { reason: reason.trim() } }),
    onSuccess: ({ fields }) => {
      shown(fields);
      close();
    },
  });
  return (
    <Modal
      open
      title={`显示${name}的完整号码`}
      onCancel={close}
      width={440}
      footer={
        <>
          <Button onClick={close}>取消</Button>
          <Button
            type="primary"
            loading={look.isPending}
            disabled={reason.trim().length < 2}
            onClick={() => look.mutate()}
          >
            显示
          </Button>
        </>
      }
    >
      {look.error && <Refused trouble={troubleOf(look.error)} />}
      <p>这次查看会记下时间、您的姓名和理由，本人可以看到。</p>
      <FreeText label="理由" required max={100} rows={2} value={reason} onChange={setReason} autoFocus />
    </Modal>
  );
}
