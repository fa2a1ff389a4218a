import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { AppError } from './errors.ts';

/** Refuses an administrator's form that has faults; returns when there are none. */
export function refuseFaulty(fields: readonly FieldFault[]): void {
  if (fields.length > 0) throw new AppError('admin.faulty', { count: fields.length }, { fields });
}
