import { type Action, actionNames } from '@yingdeng/rules/access.ts';
import { Outlet } from 'react-router';
import { Forbidden } from '../parts/states.tsx';
import { useMay, useSession } from '../session/use-session.ts';

/** Pages a role has no action for say so instead of asking the server in vain. The server decides all the same. */
export function Guarded({ action }: { action: Action }) {
  const may = useMay();
  const { data } = useSession();
  if (may(action)) return <Outlet />;
  return (
    <div className="page">
      <Forbidden
        whole
        why={`${data?.roleText ?? '您的账号'}没有“${actionNames[action]}”的权限。如工作需要，请联系系统管理员。`}
      />
    </div>
  );
}
