import { useQuery } from '@tanstack/react-query';
import { divisionRange, inRange } from '@yingdeng/rules/access.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Modal, type RefSelectProps, Select } from 'antd';
import { useRef, useState } from 'react';
import type { Trouble } from '../../lib/refusal.ts';
import { Field } from '../../parts/field.tsx';
import { Refused } from '../../parts/notice.tsx';
import type { WorklistItem } from './use-sharing.ts';

/** Those who can be given work, for a supervisor. */
export function useColleagues(enabled: boolean) {
  return useQuery({
    queryKey: ['colleagues'],
    queryFn: ({ signal }) => call('getColleagues', { signal }),
    staleTime: 300_000,
    enabled,
  });
}

const NOBODY = 'nobody';

/** Gives the chosen lines to one colleague, or lays them back for whoever comes first. */
export function AssignDialog({
  items,
  close,
  assign,
  busy,
  trouble,
}: {
  items: readonly WorklistItem[];
  close: () => void;
  assign: (to: string | null) => void;
  busy: boolean;
  trouble: Trouble | undefined;
}) {
  const { data } = useColleagues(true);
  const [to, setTo] = useState<string>();
  const select = useRef<RefSelectProps>(null);
  // Who may do every one of them, where they are: the server decides the same.
  const fit = (data?.colleagues ?? []).filter(({ office, kinds }) =>
    items.every((item) => kinds.includes(item.kind) && inRange(item.office, divisionRange(office))),
  );
  const names = items.slice(0, 6).map(({ name }) => name);
  return (
    <Modal
      open
      onCancel={close}
      onOk={() => to && assign(to === NOBODY ? null : to)}
      okText={`分派${items.length}件`}
      okButtonProps={{ disabled: !to, loading: busy }}
      title="分派经办人"
      // The first thing to do is to choose; the dialog itself would begin at its close button.
      afterOpenChange={(open) => open && select.current?.focus()}
      width={480}
      destroyOnHidden
    >
      <div className="drawer-form">
        {trouble && <Refused trouble={trouble} />}
        <p>
          {names.join('、')}
          {items.length > names.length && `等${items.length}人`}
        </p>
        <Field
          label="交给"
          required
          hint={
            data && fit.length === 0
              ? '没有人能办理选中的全部业务。请按机构分开选择后再分派。'
              : '只列出有权限、管辖区划包含选中业务的人员。'
          }
        >
          <Select
            ref={select}
            getPopupContainer={(control: HTMLElement) =>
              control.closest<HTMLElement>('.ant-modal-body') ?? document.body
            }
            value={to}
            onChange={setTo}
            loading={!data}
            placeholder="按姓名或机构查找"
            showSearch={{
              filterOption: (typed, option) => String(option?.label ?? '').includes(typed.trim()),
            }}
            options={[
              ...fit.map(({ id, name, roleText, officeName }) => ({
                value: id,
                label: `${name}（${officeName}，${roleText}）`,
              })),
              ...(items.some(({ assigned }) => assigned) ? [{ value: NOBODY, label: '不指定经办人，等人领取' }] : []),
            ]}
          />
        </Field>
      </div>
    </Modal>
  );
}
