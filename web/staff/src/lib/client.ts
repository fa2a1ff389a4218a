import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { ApiError } from '@yingdeng/web-shared/api.ts';
import { sessionEnded } from './session-ended.ts';

function onError(error: unknown): void {
  if (error instanceof ApiError && error.status === 401 && error.body.code !== 'signIn.wrong') sessionEnded.set(true);
}

/** One cache for all pages. Refusals of the server are not retried: they are answers; only silence is asked once more. */
export const client = new QueryClient({
  queryCache: new QueryCache({ onError }),
  mutationCache: new MutationCache({ onError }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 1 && error instanceof ApiError && (error.offline || error.status >= 502),
    },
    mutations: { retry: false },
  },
});
