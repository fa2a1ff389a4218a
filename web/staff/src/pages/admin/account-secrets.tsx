import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Alert, Button, Modal, Typography } from 'antd';
import type { Account } from './accounts.tsx';

export type Secrets = NonNullable<Answer<'createAccount'>['secrets']>;

/** What is shown once: it is on no other page and in no later answer. */
export function SecretsShown({ account, secrets, close }: { account: Account; secrets?: Secrets; close: () => void }) {
  const rows = [
    ['密码', secrets?.password],
    ['动态码密钥', secrets?.secondFactor],
    ['动态码地址', secrets?.secondFactorUri],
  ] as const;
  return (
    <Modal
      open
      title={`${account.displayName}的登录信息`}
      width={560}
      closable={false}
      mask={{ closable: false }}
      keyboard={false}
      footer={
        <Button type="primary" onClick={close}>
          已经记下，关闭
        </Button>
      }
    >
      {secrets ? (
        <>
          <Alert type="warning" showIcon title="只显示这一次，关闭后任何人都看不到。请当面或用密封件交给本人。" />
          <dl className="secrets">
            <div>
              <dt>用户名</dt>
              <dd>
                <Typography.Text copyable>{account.username}</Typography.Text>
              </dd>
            </div>
            {rows.map(
              ([name, value]) =>
                value && (
                  <div key={name}>
                    <dt>{name}</dt>
                    <dd>
                      <Typography.Text copyable code>
                        {value}
                      </Typography.Text>
                    </dd>
                  </div>
                ),
            )}
          </dl>
          {secrets.secondFactor && <p className="hint">在手机的动态码应用里手工输入密钥，或打开地址，即可绑定。</p>}
        </>
      ) : (
        <Alert
          type="info"
          showIcon
          title="账号已经开通，登录信息刚才已显示过一次。"
          description="如果没有记下，请重设密码和动态码。"
        />
      )}
    </Modal>
  );
}
