import { useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App } from 'antd';
import { type Trouble, troubleOf } from '../../lib/refusal.ts';

export type WorklistItem = Answer<'getDecisionWorklist'>['items'][number];
/** What to do with the chosen lines: take them, give the own ones back, or give them to a colleague (null: to nobody). */
export type Move = { do: 'take' } | { do: 'giveBack' } | { do: 'assign'; to: string | null };

/** The lines as the server is asked: with whose they were when the list was read, so that nothing newer is overwritten. */
const lines = (items: readonly WorkItem[]): Body<'takeWork'>['items'] =>
  items.map(({ kind, id, assigned }) => ({ kind, id, was: assigned?.id ?? null }));
type WorkItem = Pick<WorklistItem, 'kind' | 'id' | 'assigned'>;

/** Shares out work; lists, counts and figures are read afresh, after a refusal too. */
export function useSharing(onDone: () => void): {
  run: (items: readonly WorkItem[], move: Move) => void;
  busy: boolean;
  trouble: Trouble | undefined;
  forget: () => void;
} {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const mutation = useMutation({
    mutationFn: ({ items, move }: { items: readonly WorkItem[]; move: Move }) =>
      move.do === 'assign'
        ? call('assignWork', { body: { items: lines(items), to: move.to } })
        : call('takeWork', { body: { items: lines(items), giveBack: move.do === 'giveBack' } }),
    onSuccess: (answer) => {
      message.success(answer.message);
      onDone();
    },
    onSettled: () =>
      Promise.all(
        ['worklist', 'today', 'supervision'].map((queryKey) => cache.invalidateQueries({ queryKey: [queryKey] })),
      ),
  });
  return {
    run: (items, move) => mutation.mutate({ items, move }),
    busy: mutation.isPending,
    trouble: mutation.error ? troubleOf(mutation.error) : undefined,
    forget: mutation.reset,
  };
}
