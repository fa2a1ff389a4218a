import { AppError } from '../../platform/errors.ts';
import { dayAndTime } from '../../platform/words.ts';

/**
 * The refusal of whoever saves what is no longer the newest: who was first, when, and what stands now, field by field, so that the page can
 * show the three side by side. Nothing is saved.
 * @param now the facts as they are, by the names the page sends them under, and how a code reads (`role` → `roleText`).
 */
export function changedMeanwhile(
  what: string,
  row: { readonly version: number; readonly changed_at: Date | null; readonly changed_by: string },
  now: Readonly<Record<string, string | boolean>>,
): AppError {
  return new AppError(
    'admin.changed',
    { what, who: row.changed_by || '其他管理员', when: row.changed_at ? dayAndTime(row.changed_at) : '刚才' },
    { detail: { version: row.version, now } },
  );
}
