import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Box } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { listAddress } from '../worklists/kinds.ts';

/** Exits that need a second person, longest waiting first, each one click from its decision (M79-4c). */
export function Reviews() {
  const { data, error, refetch } = useQuery({
    queryKey: ['worklist', 'getExitWorklist', 'reviews'],
    queryFn: ({ signal }) => call('getExitWorklist', { query: { stage: 'awaitingReview', limit: 10 }, signal }),
  });
  return (
    <Box
      id="reviews"
      title="等您复核的退出"
      tools={data?.next && <Link to={listAddress('exit', { state: 'review' })}>全部</Link>}
    >
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : data.items.length === 0 ? (
        <p className="quiet">没有等待复核的退出。</p>
      ) : (
        <ul className="reviews">
          {data.items.map((item) => (
            <li key={item.id}>
              <Link to={`/cases/${item.id}`}>{item.name}</Link>
              <span>{item.note}</span>
              <span className="quiet">
                {item.officeName}，<span className="num">{stampText(item.at)}</span>提出
              </span>
            </li>
          ))}
        </ul>
      )}
    </Box>
  );
}
