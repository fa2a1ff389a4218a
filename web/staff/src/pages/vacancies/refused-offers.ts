import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { stampText } from '../../lib/dates.ts';
import { useMay } from '../../session/use-session.ts';
import type { GuardedRow } from '../cases/guarded-exit.tsx';

/**
 * Referrals that the person refused and that a person found suitable and refused without good reason: evidence for exit 31, typed once.
 * They only fill the form; last-chance notice and second person follow all the same (M79-4c).
 */
export function useRefusedOffers(registrationId: string): GuardedRow[] {
  const may = useMay();
  const { data } = useQuery({
    queryKey: ['matches', registrationId],
    queryFn: ({ signal }) => call('getMatches', { params: { id: registrationId }, signal }),
    enabled: may('referral.read'),
  });
  return (data?.referrals ?? [])
    .filter((one) => one.state === 'declined' && one.suitable && one.withoutGoodReason)
    .toReversed()
    .map((one, key) => ({
      key,
      date: stampText(one.settledAt ?? one.at).slice(0, 10),
      text: `推荐${one.employerName}的${one.title}，本人说：${one.reason}`,
      suitable: true,
      means: '',
    }));
}
