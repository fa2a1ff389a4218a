import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { Field } from '../../parts/field.tsx';
import { Refused } from '../../parts/notice.tsx';
import type { Secrets } from './account-secrets.tsx';
import type { Account } from './accounts.tsx';
import { useSend } from './form.ts';

export type ActName = 'close' | 'reopen' | 'unlock' | 'resetPassword' | 'resetSecondFactor';

/** Each act by its name, what it does, and its button. */
export const actWords: Readonly<Record<ActName, { title: string; does: string; danger?: true }>> = {
  close: {
    title: '停用',
    does: '不能再登录，正在使用的会立即退出。办过的业务和记录都保留，以后可以恢复。',
    danger: true,
  },
  reopen: { title: '恢复', does: '可以再次用原来的密码和动态码登录。' },
  unlock: { title: '解锁', does: '清除连续输错的次数，马上可以登录。请先核实是本人输错。' },
  resetPassword: { title: '重设密码', does: '原密码立即作废，正在使用的会退出。新密码只显示一次。' },
  resetSecondFactor: { title: '重设动态码', does: '原动态码立即作废，须用新密钥重新绑定。请先核实是本人要求。' },
};

/** Asks for the reason of an act and does it. */
export function AccountAct({
  act,
  account,
  close,
  done,
}: {
  act: ActName;
  account: Account;
  close: () => void;
  done: (account: Account, secrets?: Secrets) => void;
}) {
  const [reason, setReason] = useState('');
  const { title, does, danger } = actWords[act];
  const { submit, busy, trouble } = useSend(
    () => call('actOnAccount', { params: { id: account.id }, body: { act, reason } }),
    ['accounts'],
    (answer) => done(answer.account, answer.secrets),
  );
  const ready = reason.trim().length >= 2 && !busy;
  return (
    <Modal
      open
      title={`${title}：${account.displayName}`}
      onCancel={close}
      width={440}
      footer={
        <>
          <Button onClick={close}>取消</Button>
          <Button type="primary" danger={danger} loading={busy} disabled={!ready} onClick={submit}>
            {title}
          </Button>
        </>
      }
    >
      <div className="drawer-form">
        {trouble && <Refused trouble={trouble} />}
        <p className="break">
          {account.username}，{account.roleText}，{account.officeName}
        </p>
        <p className="consequence">{does}</p>
        <Field label="原因" required hint="写入操作记录。">
          <Input
            autoFocus
            maxLength={200}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            onPressEnter={() => ready && submit()}
          />
        </Field>
      </div>
    </Modal>
  );
}
