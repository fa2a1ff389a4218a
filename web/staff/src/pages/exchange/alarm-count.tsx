import { useQuery } from '@tanstack/react-query';
import { alarmsQuery } from './alarms-query.ts';

/** How many alarms there are, beside 数据交换 in the menu of whoever sends. */
export function AlarmCount() {
  const { data } = useQuery(alarmsQuery);
  if (!data || data.alarms.length === 0) return null;
  return (
    <span className="menu-count">
      <span className="num">{data.alarms.length}</span>
      <span className="unseen">条告警</span>
    </span>
  );
}
