import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App } from 'antd';
import { useRequestKey } from '../../lib/keys.ts';
import { type Trouble, troubleOf } from '../../lib/refusal.ts';

export type ServiceFile = Answer<'getService'>;
export type Plan = NonNullable<ServiceFile['plan']>;
export type Step = Plan['steps'][number];

/** The matters beside plan and class, each read by itself; a write answers with its own. */
interface Sections {
  difficulty?: Answer<'getDifficulty'>;
  welfare?: Answer<'getWelfarePlacement'>;
  support?: Answer<'getSupport'>;
  training?: Answer<'getTraining'>;
  credit?: Answer<'getCredit'>;
}
const sections = ['difficulty', 'welfare', 'support', 'training', 'credit'] as const;
/** Lists on which a write may show. */
const lists = [
  'plan-steps',
  'difficulties',
  'welfare-duty',
  'welfare-posts',
  'support-list',
  'training-owed',
  'training-projects',
  'credit-list',
] as const;

const fileKey = (id: string) => ['service', id] as const;

/** Class, plan and services of a registration. */
export function useService(registrationId: string) {
  return useQuery({
    queryKey: fileKey(registrationId),
    queryFn: ({ signal }) => call('getService', { params: { id: registrationId }, signal }),
  });
}

/** One write: its request key, its refusal in words, and on success the new file in place of the old; the case and the lists are asked again. */
export function useServiceAct<Given>(
  registrationId: string,
  send: (given: Given, key: string) => Promise<Sections & { service?: ServiceFile; message: string }>,
  done: () => void,
): { run: (given: Given) => void; busy: boolean; trouble?: Trouble; refresh: () => void } {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const mutation = useMutation({
    mutationFn: (given: Given) => send(given, keyFor(given)),
    onError: refused,
    onSuccess: (answer) => {
      if (answer.service) cache.setQueryData(fileKey(registrationId), answer.service);
      else void cache.invalidateQueries({ queryKey: fileKey(registrationId) });
      for (const name of sections) if (answer[name]) cache.setQueryData([name, registrationId], answer[name]);
      void cache.invalidateQueries({ queryKey: ['case'] });
      for (const list of lists) void cache.invalidateQueries({ queryKey: [list] });
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
      void cache.invalidateQueries({ queryKey: fileKey(registrationId) });
    },
  };
}
