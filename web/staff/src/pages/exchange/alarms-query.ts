import { call } from '@yingdeng/web-shared/api.ts';

/** The alarms of the exchange, asked for by its page, 今日 and the menu: one request for all three. */
export const alarmsQuery = {
  queryKey: ['exchange-alarms'],
  queryFn: ({ signal }: { signal: AbortSignal }) => call('getExchangeAlarms', { signal }),
  refetchInterval: 60_000,
} as const;
