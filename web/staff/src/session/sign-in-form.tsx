import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button, Input } from 'antd';
import { useState } from 'react';
import { troubleOf } from '../lib/refusal.ts';
import { Field } from '../parts/field.tsx';
import { Refused } from '../parts/notice.tsx';
import { type Session, sessionKey } from './use-session.ts';

/** User name, password and the one-time code of the second factor. */
export function SignInForm({ demoPage, done }: { demoPage?: string; done: (session: Session) => void }) {
  const cache = useQueryClient();
  const [username, setUsername] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const signIn = useMutation({
    mutationFn: () => call('signInStaff', { body: { username: username.trim(), password, code } }),
    onSuccess: (session) => {
      cache.setQueryData(sessionKey, session);
      done(session);
    },
  });
  const ready = username.trim() !== '' && password !== '' && /^\d{6}$/.test(code);
  return (
    <form
      className="sign-in-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready && !signIn.isPending) signIn.mutate();
      }}
    >
      {signIn.error && <Refused trouble={troubleOf(signIn.error)} />}
      <Field label="用户名">
        <Input
          value={username}
          autoComplete="username"
          autoFocus
          spellCheck={false}
          onChange={(event) => setUsername(event.target.value)}
        />
      </Field>
      <Field label="密码">
        <Input.Password
          value={password}
          autoComplete="current-password"
          onChange={(event) => setPassword(event.target.value)}
        />
      </Field>
      <Field
        label="动态码"
        hint={
          demoPage ? (
            <>
              演示环境：动态码显示在
              <a href={demoPage} target="_blank" rel="noreferrer">
                模拟系统页面
              </a>
              （新窗口打开）
            </>
          ) : (
            '手机令牌上显示的6位数字'
          )
        }
      >
        <Input
          value={code}
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={6}
          className="num code"
          onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
        />
      </Field>
      <Button type="primary" htmlType="submit" block disabled={!ready} loading={signIn.isPending}>
        登录
      </Button>
    </form>
  );
}
