import { useMutation, useQueryClient } from '@tanstack/react-query';
import { requestKey } from '@yingdeng/web-shared/api.ts';
import { useState } from 'react';
import { type Trouble, troubleOf } from '../../lib/refusal.ts';

/**
 * Sends a form of the administration: one key for one intended effect, what went wrong in words and by field, and the queries
 * that show something else afterwards. `settle` puts a refusal away that was dealt with.
 */
export function useSend<Answer>(
  send: (key: string) => Promise<Answer>,
  shows: readonly string[],
  done: (answer: Answer) => void,
): {
  submit: () => void;
  busy: boolean;
  trouble?: Trouble;
  fault: (field: string) => string | undefined;
  settle: () => void;
} {
  const cache = useQueryClient();
  const [key, setKey] = useState(requestKey);
  const sending = useMutation({
    mutationFn: () => send(key),
    onSuccess: (answer) => {
      for (const query of shows) void cache.invalidateQueries({ queryKey: [query] });
      done(answer);
    },
    // A refused form is changed and sent again as another one; an unanswered one is the same request still.
    onError: (error) => {
      if (troubleOf(error).status >= 400 && troubleOf(error).status < 500) setKey(requestKey());
    },
  });
  const trouble = sending.error ? troubleOf(sending.error) : undefined;
  return {
    submit: () => sending.mutate(),
    busy: sending.isPending,
    ...(trouble ? { trouble } : {}),
    settle: () => sending.reset(),
    fault: (field) => trouble?.fields.find((one) => one.field === field)?.message,
  };
}
