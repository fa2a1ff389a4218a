import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { ApiError } from '@yingdeng/web-shared/api.ts';
import type { ReactNode } from 'react';

/** A refusal is an answer and is not asked for again; silence is, twice. */
const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 20_000,
      retry: (count, error) => error instanceof ApiError && (error.offline || error.status >= 500) && count < 2,
      networkMode: 'always',
    },
  },
});

/** Every page but the first is drawn inside this; it comes with the first page that is opened. */
export function WithQueries({ children }: { children: ReactNode }) {
  return <QueryClientProvider client={queries}>{children}</QueryClientProvider>;
}
