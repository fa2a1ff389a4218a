import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App } from 'antd';
import { useRequestKey } from '../../lib/keys.ts';
import { type Trouble, troubleOf } from '../../lib/refusal.ts';

/** One write about a served person; the lists are read again afterwards. */
export function useServedAct<Given>(
  send: (given: Given, key: string) => Promise<{ message: string }>,
  done: () => void,
): { run: (given: Given) => void; busy: boolean; trouble?: Trouble } {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const mutation = useMutation({
    mutationFn: (given: Given) => send(given, keyFor(given)),
    onError: refused,
    onSuccess: (answer) => {
      message.success(answer.message);
      void cache.invalidateQueries({ queryKey: ['served'] });
      done();
    },
  });
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    ...(mutation.error ? { trouble: troubleOf(mutation.error) } : {}),
  };
}
