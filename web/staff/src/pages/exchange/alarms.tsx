import { useQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import { ActionButton } from '../../parts/action-button.tsx';
import { Box } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { alarmsQuery } from './alarms-query.ts';

/** 现在要做的: what is silent, late or different, each with what to do; nothing to do is said as well. */
export function Alarms({
  why,
  send,
  reconcile,
}: {
  /** Why nothing may be done here; undefined when it may. */
  why: string | undefined;
  send: (on: string) => void;
  reconcile: () => void;
}) {
  const { data, error, refetch } = useQuery(alarmsQuery);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  const { alarms } = data;
  if (alarms.length === 0) {
    return (
      <p className="verdict" role="status">
        没有告警：后台任务正常，没有逾期未报、未更正的。
      </p>
    );
  }
  return (
    <Box title={`现在要做的（${alarms.length}）`} id="alarms">
      <ul className="plain alarms">
        {alarms.map((alarm) => (
          <li key={`${alarm.kind}${alarm.date ?? ''}${alarm.text}`}>
            <div>
              <span className="tag tag-late">告警</span> {alarm.text} <span className="todo">{alarm.todo}</span>
            </div>
            {alarm.kind === 'dayUnsent' && alarm.date && (
              <ActionButton small why={why} onClick={() => send(alarm.date ?? '')}>
                上传{alarm.date.slice(5)}
              </ActionButton>
            )}
            {alarm.kind === 'notReconciled' && (
              <ActionButton small why={why} onClick={reconcile}>
                立即对账
              </ActionButton>
            )}
            {alarm.kind === 'decisionsReturned' && <Link to="/forwarded#returned">看退回的结果</Link>}
            {alarm.kind === 'differencesOpen' && <a href="#differences">看差异</a>}
            {(alarm.kind === 'returnedUnmended' || alarm.kind === 'blockedUnmended') && <a href="#items">看记录</a>}
          </li>
        ))}
      </ul>
    </Box>
  );
}
