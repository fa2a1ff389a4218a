import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, Input } from 'antd';
import { useState } from 'react';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { useMay } from '../../session/use-session.ts';
import type { Sheet, Step } from './report.tsx';

const consequences: Readonly<Record<Step['action'], string>> = {
  cut: '按登记记录截取期末名册并计算。批准以前可以重新截取，每次都留有记录。',
  check: '审核后交另一人批准，审核人不能批准自己审核的报表。',
  approve: '批准后由统计人员封存并报送。',
  giveBack: '退回后名册和数字重新截取、计算。',
  seal: '封存后名册和数字不再改动。以后发现的差错在当期更正；下一期封存以前可以重报。',
  restate: '新开一份重报，原报表保留。',
};

/** One step of a report with its consequence; giving back and restating say why. */
export function StepDialog({ sheet, step, close }: { sheet: Sheet; step: Step; close: () => void }) {
  const cache = useQueryClient();
  const may = useMay();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const [reason, setReason] = useState('');
  const { action } = step;
  const { division, month, id = '' } = sheet.head;
  const asks = action === 'giveBack' || action === 'restate';
  const act = useMutation({
    mutationFn: () => {
      const key = keyFor([id, sheet.version, action, reason]);
      const common = { version: sheet.version, ...(asks ? { reason } : {}) };
      if (action === 'cut') return call('prepareReport', { params: { division, month }, body: {} });
      if (action === 'approve' || (action === 'giveBack' && may('statistics.approve')))
        return call('approveReport', { params: { id }, body: { action, ...common }, key });
      return call('actOnReport', { params: { id }, body: { action, ...common }, key });
    },
    onSuccess: (answer) => {
      for (const queryKey of ['report', 'reports']) void cache.invalidateQueries({ queryKey: [queryKey] });
      message.success(answer.message);
      close();
    },
    onError: refused,
  });
  return (
    <ActionDrawer
      title={step.text}
      close={close}
      submit={() => act.mutate()}
      submitText={step.text}
      busy={act.isPending}
      trouble={act.error ? troubleOf(act.error) : undefined}
      refresh={() => void cache.invalidateQueries({ queryKey: ['report'] })}
      consequence={asks ? consequences[action] : undefined}
      hold={asks && reason.trim().length < 4 ? '请先写明理由' : undefined}
      size={460}
    >
      {asks ? (
        <Field label={action === 'restate' ? '重报理由' : '退回理由'} required>
          <Input.TextArea rows={3} maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
        </Field>
      ) : (
        <p>{consequences[action]}</p>
      )}
    </ActionDrawer>
  );
}
