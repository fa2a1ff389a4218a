import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { useMay } from '../../session/use-session.ts';

/** The groups a registrant stands on, by the lists (H122-3a); nothing when on none. */
export function ServedTag({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['served', 'of', registrationId],
    queryFn: ({ signal }) => call('getServedOf', { params: { id: registrationId }, signal }),
    enabled: may('served.read'),
  });
  if (!data || data.groups.length === 0) return null;
  return (
    <p>
      {data.groups.map((one) => (
        <span key={one.groupText}>
          <span className="tag">{one.groupText}</span>{' '}
          <span className="quiet">
            {one.source}，{one.arrivedOn}收到{one.to && `，享受到${one.to}`}
          </span>{' '}
        </span>
      ))}
    </p>
  );
}
