import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, RouteName } from '@yingdeng/web-shared/routes.gen.ts';
import { App } from 'antd';
import { useRequestKey } from '../../lib/keys.ts';
import { type Trouble, troubleOf } from '../../lib/refusal.ts';

export type CaseFile = Answer<'getApplicationCase'>;
export type Registration = NonNullable<CaseFile['registration']>;
export type Exit = Registration['exits'][number];
export type Check = CaseFile['checks'][number];
export type Allowed = CaseFile['allowed'];

const caseKey = (id: string) => ['case', id] as const;

/** The case as the server has it. */
export function useCase(id: string) {
  return useQuery({
    queryKey: caseKey(id),
    queryFn: ({ signal }) => call('getApplicationCase', { params: { id }, signal }),
    staleTime: 5_000,
  });
}

/** An action of the case: whether it shows, and why it is not allowed. */
export interface Verdict {
  readonly shown: boolean;
  readonly why?: string;
}

/**
 * What the server says of an action, by the name of its route. What is not `due` at this stage of the case is not shown;
 * what is due but not allowed is shown with its reason.
 */
export function verdict(allowed: Allowed, action: RouteName, due: boolean): Verdict {
  const entry = allowed.find((one) => one.action === action);
  if (!entry || !due) return { shown: false };
  if (entry.allowed) return { shown: true };
  return { shown: true, why: entry.why ?? '现在不能办理。' };
}

export interface CaseAction<Body> {
  readonly run: (body: Body) => void;
  readonly busy: boolean;
  readonly trouble?: Trouble;
  readonly refresh: () => void;
}

/**
 * One write on a case: its request key, its refusal in words, and on success the new case in place of the old, the lists asked again, and one
 * line that says what happened.
 */
export function useCaseAction<Body>(
  applicationId: string,
  send: (body: Body, key: string) => Promise<{ case?: CaseFile; message?: string }>,
  done: () => void,
): CaseAction<Body> {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const mutation = useMutation({
    mutationFn: (body: Body) => send(body, keyFor(body)),
    onError: refused,
    onSuccess: (answer) => {
      if (answer.case) cache.setQueryData(caseKey(applicationId), answer.case);
      else void cache.invalidateQueries({ queryKey: caseKey(applicationId) });
      // One act moves figures, lists and every box of the case page: a conversation gives the class, a registration opens services.
      void cache.invalidateQueries({ predicate: ({ queryKey }) => !['case', 'session'].includes(String(queryKey[0])) });
      message.success(answer.message ?? '已保存');
      done();
    },
  });
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    trouble: mutation.error ? troubleOf(mutation.error) : undefined,
    refresh: () => {
      mutation.reset();
      void cache.invalidateQueries({ queryKey: caseKey(applicationId) });
    },
  };
}
