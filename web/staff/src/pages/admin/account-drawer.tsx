import { roleNames, roles } from '@yingdeng/rules/access.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Input, Select } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { OfficeSelect } from '../../parts/office-select.tsx';
import { useSession } from '../../session/use-session.ts';
import type { Secrets } from './account-secrets.tsx';
import type { Account } from './accounts.tsx';
import { ChangedMeanwhile, differences, type Facts, standingOf } from './changed.tsx';
import { useSend } from './form.ts';

type Role = Body<'createAccount'>['role'];
const staffRoles = roles.filter((role) => role !== 'worker' && role !== 'system');

const fields = [
  ['displayName', '姓名'],
  ['role', '角色'],
  ['office', '机构'],
  ['open', '状态'],
] as const;

const baseOf = (account: Account): { version: number; facts: Facts } => ({
  version: account.version,
  facts: {
    displayName: account.displayName,
    role: account.role,
    roleText: account.roleText,
    office: account.office,
    officeText: account.officeName,
    open: !account.closedAt,
  },
});

/** The name of the chosen office where one side knows it; otherwise its code is shown. */
const officeWords = (office: string, ...sides: Facts[]): Facts => {
  const known = sides.find((side) => side.office === office)?.officeText;
  return known === undefined ? {} : { officeText: known };
};

/** Opens an account, or changes whose it is, its role and its office. */
export function AccountDrawer({
  account,
  close,
  created,
}: {
  account?: Account;
  close: () => void;
  created: (account: Account, secrets?: Secrets) => void;
}) {
  const { data: session } = useSession();
  const own = session?.office?.office ?? '';
  const [username, setUsername] = useState('');
  const [displayName, setName] = useState(account?.displayName ?? '');
  const [role, setRole] = useState(account?.role ?? '');
  const [office, setOffice] = useState(account?.office ?? '');
  const [base, setBase] = useState(account && baseOf(account));
  const facts = { displayName, role: role as Role, office };
  const { submit, busy, trouble, fault, settle } = useSend(
    async (key) => {
      if (!account) return call('createAccount', { body: { username, ...facts }, key });
      const body = { version: base?.version ?? account.version, ...facts };
      return { account: (await call('changeAccount', { params: { id: account.id }, body })).account };
    },
    ['accounts', 'admin-offices'],
    (answer) => (account ? close() : created(answer.account, 'secrets' in answer ? answer.secrets : undefined)),
  );
  const missing = [
    !account && !username && '用户名',
    !displayName.trim() && '姓名',
    !role && '角色',
    !office && '机构',
  ].filter(Boolean);
  const standing = standingOf(trouble);
  const rebase = ({ version, now }: NonNullable<typeof standing>, take: boolean) => {
    setBase({ version, facts: now });
    if (take) {
      setName(String(now.displayName));
      setRole(String(now.role));
      setOffice(String(now.office));
    }
    settle();
  };
  const moved = account && (account.role !== role || account.office !== office);
  return (
    <ActionDrawer
      title={account ? `变更账号：${account.displayName}` : '开通账号'}
      close={close}
      submit={submit}
      submitText={account ? '保存' : '开通'}
      busy={busy}
      trouble={trouble}
      hold={missing.length > 0 ? `还没有填：${missing.join('、')}` : undefined}
      consequence={
        account
          ? moved && '角色或机构变了，本人正在使用的会立即退出，须重新登录。'
          : '系统生成密码和动态码，只显示一次。'
      }
    >
      {standing && base && (
        <ChangedMeanwhile
          rows={differences(fields, {
            opened: base.facts,
            now: standing.now,
            mine: { ...facts, roleText: roleNames[facts.role], ...officeWords(office, base.facts, standing.now) },
          })}
          take={() => rebase(standing, true)}
          keep={() => rebase(standing, false)}
        />
      )}
      {account ? (
        <p className="break">
          用户名 <b>{account.username}</b>
        </p>
      ) : (
        <Field
          label="用户名"
          required
          fault={fault('username')}
          hint="小写字母开头，可用小写字母、数字、点和横线，如 jiefang.wangli。以后不能改。"
        >
          <Input
            autoFocus
            autoComplete="off"
            maxLength={40}
            value={username}
            onChange={(event) => setUsername(event.target.value.toLowerCase().trim())}
          />
        </Field>
      )}
      <Field label="姓名" required fault={fault('displayName')}>
        <Input maxLength={30} value={displayName} onChange={(event) => setName(event.target.value)} />
      </Field>
      <Field label="角色" required fault={fault('role')} hint={account?.own ? '不能改自己的角色和机构。' : undefined}>
        <Select
          value={role || undefined}
          disabled={account?.own}
          placeholder="选择角色"
          options={staffRoles.map((value) => ({ value, label: roleNames[value] }))}
          onChange={setRole}
        />
      </Field>
      <Field label="机构" required fault={fault('office')} hint="能看到和办理这个机构及其下级的业务。">
        {account?.own ? (
          <Input disabled value={account.officeName} />
        ) : (
          <OfficeSelect division={own} value={office} onChange={setOffice} placeholder="选择机构" clearable={false} />
        )}
      </Field>
    </ActionDrawer>
  );
}
