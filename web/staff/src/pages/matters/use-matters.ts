import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App } from 'antd';
import { useRequestKey } from '../../lib/keys.ts';
import { type Trouble, troubleOf } from '../../lib/refusal.ts';

export type MatterFile = Answer<'getMatters'>;
export type Matter = MatterFile['matters'][number];

/** Registration and what was asked for with it. */
export function useMatters(applicationId: string) {
  return useQuery({
    queryKey: ['matters', applicationId],
    queryFn: ({ signal }) => call('getMatters', { params: { id: applicationId }, signal }),
  });
}

/** One write on a part: its request key, its refusal in words, and on success the new file in place of the old. */
export function useMatterAct<Given>(
  applicationId: string,
  send: (given: Given, key: string) => Promise<{ file: MatterFile; message: string }>,
  done: () => void,
): { run: (given: Given) => void; busy: boolean; trouble?: Trouble; refresh: () => void } {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const mutation = useMutation({
    mutationFn: (given: Given) => send(given, keyFor(given)),
    onError: refused,
    onSuccess: (answer) => {
      cache.setQueryData(['matters', applicationId], answer.file);
      for (const key of ['case', 'service', 'matter-list']) void cache.invalidateQueries({ queryKey: [key] });
      message.success(answer.message);
      done();
    },
  });
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    ...(mutation.error ? { trouble: troubleOf(mutation.error) } : {}),
    refresh: () => {
      mutation.reset();
      void cache.invalidateQueries({ queryKey: ['matters', applicationId] });
    },
  };
}
