import { call } from '@yingdeng/web-shared/api.ts';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { Fault, TextField } from '../parts/fields.tsx';
import type { WorkerCase } from './case-view.tsx';
import { useEffectOnce } from './use-effect-once.ts';

/** Withdrawing an application, after its consequence has been read. */
export function Withdraw({ one, onClose }: { one: WorkerCase; onClose: () => void }) {
  const [reason, setReason] = useState('');
  const { run, busy, fault, changed } = useEffectOnce(onClose);
  return (
    <Dialog heading="要撤回申请吗？" onClose={onClose}>
      <p>撤回后，我们就不再办理这份申请，也不会登记。您以后随时可以重新申请，办理时间从重新提交那天算起。</p>
      <TextField
        label="为什么撤回"
        optional
        maxLength={200}
        value={reason}
        onChange={(text) => {
          setReason(text);
          changed();
        }}
      />
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button
          type="button"
          className="button danger"
          aria-disabled={busy}
          onClick={() =>
            void run((key) => call('withdrawApplication', { params: { id: one.applicationId }, body: { reason }, key }))
          }
        >
          {busy ? '正在撤回…' : '撤回申请'}
        </button>
        <button type="button" className="button plain" onClick={onClose}>
          不撤回
        </button>
      </div>
    </Dialog>
  );
}
