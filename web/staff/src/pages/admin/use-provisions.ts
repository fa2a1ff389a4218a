import { useQuery } from '@tanstack/react-query';
import { isParameter, type Provision } from '@yingdeng/rules/index.ts';
import { call } from '@yingdeng/web-shared/api.ts';

/** Provisions as the rules take them; what this page does not know yet is left out. */
export function useProvisions(division: string) {
  return useQuery({
    queryKey: ['provisions', division],
    queryFn: async ({ signal }) => {
      const { provisions } = await call('getProvisions', { query: { division }, signal });
      const known = provisions.filter(({ parameter }) => isParameter(parameter));
      return {
        provisions: known as unknown as Provision[],
        added: new Map(known.filter(({ shipped }) => !shipped).map((one) => [one.id, one.addedBy])),
      };
    },
    enabled: /^\d{6}$/.test(division),
  });
}
