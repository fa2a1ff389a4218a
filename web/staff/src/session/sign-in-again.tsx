import { useQueryClient } from '@tanstack/react-query';
import { Modal } from 'antd';
import { useSyncExternalStore } from 'react';
import { useLocation } from 'react-router';
import { sessionEnded } from '../lib/session-ended.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useSession } from './use-session.ts';

/** The session ended under an open page: sign in over it, and everything typed is still there. */
export function SignInAgain() {
  const cache = useQueryClient();
  const { pathname } = useLocation();
  const { data } = useSession();
  const ended = useSyncExternalStore(sessionEnded.subscribe, sessionEnded.get);
  return (
    <Modal
      open={ended && pathname !== '/sign-in'}
      title="登录已过期，请重新登录"
      footer={null}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      width={380}
      destroyOnHidden
    >
      <p className="hint">本页已填写的内容仍在。</p>
      <SignInForm
        demoPage={data?.demoPage}
        done={() => {
          sessionEnded.set(false);
          void cache.invalidateQueries();
        }}
      />
    </Modal>
  );
}
