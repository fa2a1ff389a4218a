import { useMutation } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Modal, Radio } from 'antd';
import { useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { Group } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { Refused } from '../../parts/notice.tsx';

export type Revealed = Answer<'revealPerson'>;

const common = ['联系本人', '核对身份', '打印登记表', '处理本人来电来访'];

/** 显示: a reason first; the look is recorded and the person sees it. */
export function RevealDialog({
  personId,
  name,
  close,
  shown,
}: {
  personId: string;
  name: string;
  close: () => void;
  shown: (data: Revealed) => void;
}) {
  const [reason, setReason] = useState('');
  const [other, setOther] = useState('');
  const words = reason === '其他' ? other.trim() : reason;
  const reveal = useMutation({
    mutationFn: () => call('revealPerson', { params: { id: personId }, body: { reason: words } }),
    onSuccess: (data) => {
      shown(data);
      close();
    },
  });
  return (
    <Modal
      open
      title={`显示${name}的完整信息`}
      onCancel={close}
      width={440}
      footer={
        <>
          <Button onClick={close}>取消</Button>
          <Button type="primary" loading={reveal.isPending} disabled={words.length < 2} onClick={() => reveal.mutate()}>
            显示
          </Button>
        </>
      }
    >
      {reveal.error && <Refused trouble={troubleOf(reveal.error)} />}
      <p>这次查看会记下时间、您的姓名和理由，本人可以看到。</p>
      <Group legend="理由" required>
        <Radio.Group className="choices" value={reason} onChange={(event) => setReason(String(event.target.value))}>
          {[...common, '其他'].map((one) => (
            <Radio key={one} value={one}>
              {one}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      {reason === '其他' && (
        <FreeText label="请写明理由" required max={100} rows={2} value={other} onChange={setOther} autoFocus />
      )}
    </Modal>
  );
}
