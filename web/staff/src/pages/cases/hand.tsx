import { Button } from 'antd';
import { Refused } from '../../parts/notice.tsx';
import { useMay } from '../../session/use-session.ts';
import type { Kind } from '../worklists/kinds.ts';
import { useSharing } from '../worklists/use-sharing.ts';
import type { CaseFile } from './model.ts';

/** What is left to do with the case, as the worklists call it; nothing left, nothing to take. */
function workOf({ application, registration }: CaseFile): Exclude<Kind, 'forwarded'> | undefined {
  if (application.status === 'submitted') return 'decision';
  if (registration?.exits.some(({ status }) => ['asked', 'proposed', 'awaitingReview'].includes(status))) return 'exit';
  return registration && registration.status !== 'exited' && !registration.firstContactAt ? 'contact' : undefined;
}

/** In whose hand the case is, and, when nobody has it, the way to take it. */
export function Hand({ file, refresh }: { file: CaseFile; refresh: () => void }) {
  const may = useMay();
  const sharing = useSharing(refresh);
  const kind = workOf(file);
  const { assigned } = file;
  if (!assigned && !kind) return null;
  const item = kind && { kind, id: file.application.id, assigned };
  return (
    <div>
      <dt>经办人</dt>
      <dd>
        {assigned ? assigned.mine ? '我' : assigned.name : <span className="quiet">未分派</span>}{' '}
        {item && may('work.take') && (!assigned || assigned.mine) && (
          <Button
            size="small"
            loading={sharing.busy}
            onClick={() => sharing.run([item], { do: assigned ? 'giveBack' : 'take' })}
          >
            {assigned ? '放回' : '我来办'}
          </Button>
        )}
        {sharing.trouble && <Refused trouble={sharing.trouble} />}
      </dd>
    </div>
  );
}
