import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, Button } from 'antd';
import { troubleOf } from '../../lib/refusal.ts';

/** 立即接收: downloads what workers submitted on the platform since the last minute. */
export function FetchNow() {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const fetching = useMutation({
    mutationFn: () => call('fetchForwarded', {}),
    onSuccess: (answer) => {
      message.success(answer.message);
      for (const queryKey of [['worklist'], ['today'], ['forwarded-faulty']])
        void cache.invalidateQueries({ queryKey });
    },
    onError: (error) => message.error(troubleOf(error).message),
  });
  return (
    <Button loading={fetching.isPending} onClick={() => fetching.mutate()}>
      立即接收
    </Button>
  );
}
