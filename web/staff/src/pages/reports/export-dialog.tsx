import { useMutation } from '@tanstack/react-query';
import { download } from '@yingdeng/web-shared/api.ts';
import { App, Input, Radio } from 'antd';
import { useState } from 'react';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import type { Sheet } from './report.tsx';

const formats = {
  exportReportXlsx: ['电子表（XLSX）', '报表、不详人数和指标说明各一页。'],
  exportReportPdf: ['打印签字（PDF）', 'A4横向，带签字栏；封存后每页印有封存摘要。'],
  exportReportCsv: ['数据文件（CSV）', '一个数一行，按部颁指标代码，供其他系统读取。'],
} as const;
type Format = keyof typeof formats;

/** Takes a report as a file; why it is taken is recorded and stands on it. */
export function ExportDialog({
  sheet,
  office,
  close,
}: {
  sheet: Sheet;
  office: string | undefined;
  close: () => void;
}) {
  const { message } = App.useApp();
  const [format, setFormat] = useState<Format>('exportReportPdf');
  const [reason, setReason] = useState('');
  const { division, month, revision, state } = sheet.head;
  const take = useMutation({
    mutationFn: () => download(format, { params: { division, month }, query: { revision, office, reason } }),
    onSuccess: () => {
      message.success('文件已下载。');
      close();
    },
  });
  return (
    <ActionDrawer
      title="导出报表"
      close={close}
      submit={() => take.mutate()}
      submitText="下载"
      busy={take.isPending}
      trouble={take.error ? troubleOf(take.error) : undefined}
      hold={reason.trim().length < 2 ? '请先写明事由' : undefined}
      consequence={`导出人、时间和事由记入操作记录，也印在文件上。${state === 'sealed' ? '' : '报表没有封存，文件标明“草稿”。'}`}
      size={460}
    >
      <Group legend="文件" required>
        <Radio.Group value={format} onChange={(event) => setFormat(event.target.value)} className="report-formats">
          {(Object.entries(formats) as [Format, (typeof formats)[Format]][]).map(([name, [text, hint]]) => (
            <Radio key={name} value={name}>
              {text}
              <span className="quiet">{hint}</span>
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      <Field label="事由" required>
        <Input maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
