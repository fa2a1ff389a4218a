import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Modal } from 'antd';
import { useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { FreeText } from '../../parts/free-text.tsx';
import { Refused } from '../../parts/notice.tsx';
import type { Difference } from './differences.tsx';

const words: Readonly<Record<Difference['mend'], readonly [title: string, consequence: string, button: string]>> = {
  send: ['重新上传', '按原流水号上传，随后这一天重新对账。平台已有相同内容时，重复接收无影响。', '上传'],
  askReceipt: ['查回执', '先向平台查回执；平台没有收到时，按原批次原样重发，随后重新对账。', '查回执'],
  takeSent: ['改回已上报的内容', '本地记录改回当时上报的内容，随后重新对账。', '改回'],
  tell: ['已告知平台运行方', '记下告知的人、方式和内容。平台更正后，对账时自动消除。', '记下'],
};

/** Confirms a mend, or takes the note of whom was told; the outcome stays on screen until it is read. */
export function MendDialog({
  difference,
  mend,
  close,
}: {
  difference: Difference;
  mend: Difference['mend'];
  close: () => void;
}) {
  const cache = useQueryClient();
  const [note, setNote] = useState('');
  const action = useMutation({
    mutationFn: () => call('mendDifference', { params: { id: difference.id }, body: { mend, note: note.trim() } }),
    onSettled: () =>
      cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('exchange-') }),
  });
  const [title, consequence, button] = words[mend];
  const { data } = action;
  return (
    <Modal
      open
      title={title}
      onCancel={close}
      width={480}
      footer={
        data ? (
          <Button type="primary" onClick={close}>
            关闭
          </Button>
        ) : (
          <>
            <Button onClick={close}>取消</Button>
            <Button
              type="primary"
              loading={action.isPending}
              disabled={mend === 'tell' && note.trim().length < 2}
              onClick={() => action.mutate()}
            >
              {button}
            </Button>
          </>
        )
      }
    >
      {action.error && <Refused trouble={troubleOf(action.error)} />}
      {data ? (
        <p role="status">{data.message}</p>
      ) : (
        <>
          <p>
            <b>{difference.title}</b>：{difference.name || difference.divisionName}
            {difference.serial && <span className="num">，流水号{difference.serial}</span>}
          </p>
          <p>{consequence}</p>
          {mend === 'tell' && (
            <FreeText
              label="告知了谁、怎样告知"
              required
              max={300}
              rows={2}
              value={note}
              onChange={setNote}
              hint="例：11月22日电话告知平台运行方李工，请其核对流水号"
              autoFocus
            />
          )}
        </>
      )}
    </Modal>
  );
}
