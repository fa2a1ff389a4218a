import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { useMemo } from 'react';
import type { Form } from './form-state.ts';

/** What the earlier form answers again. Numbers, telephones and addresses are sealed: they are read from the document and asked anew. */
const kept = [
  'name',
  'sex',
  'ethnic',
  'political',
  'education',
  'health',
  'registrationPlace',
  'placeDivision',
] as const;

/**
 * The form of somebody who registers again after a public-welfare post: what the earlier one says, with reason 10 (退出公益性岗位,
 * AJC093 40). Undefined until it is there, and without `applicationId`.
 */
export function useFormAgain(applicationId: string): Partial<Form> | undefined {
  const { data } = useQuery({
    queryKey: ['case', applicationId],
    queryFn: ({ signal }) => call('getApplicationCase', { params: { id: applicationId }, signal }),
    enabled: applicationId !== '',
  });
  return useMemo(() => {
    if (!data) return undefined;
    const { form } = data.application;
    const said = kept.flatMap((field) => {
      const value = form[field];
      return typeof value === 'string' ? [[field, value] as const] : [];
    });
    const place = (field: 'household' | 'residence') => ({ division: divisionIn(form[field]), detail: '' });
    return {
      name: data.person.name,
      ...Object.fromEntries(said),
      household: place('household'),
      residence: place('residence'),
      reason: '10',
    };
  }, [data]);
}

function divisionIn(address: unknown): string {
  if (typeof address !== 'object' || address === null || !('division' in address)) return '';
  return typeof address.division === 'string' ? address.division : '';
}
