import { AppError } from '../../platform/errors.ts';

/** Key of the last row of a page: the value the list is ordered by, and the id. */
export interface Key {
  readonly value: string;
  readonly id: string;
}

const FIRST: Key = { value: '-infinity', id: '00000000-0000-0000-0000-000000000000' };
const value = /^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2}(\.\d{1,6})?[+-]\d{2}(:\d{2})?)?$/;
const id = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Writes a cursor; opaque to the client. */
export function cursorOf(key: Key): string {
  return Buffer.from(`${key.value}|${key.id}`).toString('base64url');
}

/** Reads a cursor; without one, the beginning. @throws AppError request.invalid on a cursor nobody gave out. */
export function keyOf(cursor: string | undefined): Key {
  if (cursor === undefined) return FIRST;
  const [first = '', second = ''] = Buffer.from(cursor, 'base64url').toString('utf8').split('|');
  if (!value.test(first) || !id.test(second)) throw new AppError('request.invalid');
  return { value: first, id: second };
}
