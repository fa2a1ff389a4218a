import { useQuery } from '@tanstack/react-query';
import type { Action } from '@yingdeng/rules/access.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';

export type Session = Answer<'getSession'>;
export const sessionKey = ['session'] as const;

/** Who is signed in; asked again now and then, so that a closed account does not stay on screen. */
export function useSession() {
  return useQuery({ queryKey: sessionKey, queryFn: ({ signal }) => call('getSession', { signal }), staleTime: 60_000 });
}

/** Whether the signed-in person may use the action somewhere in the own range. */
export function useMay(): (action: Action) => boolean {
  const { data } = useSession();
  return (action) => data?.actions?.includes(action) ?? false;
}
