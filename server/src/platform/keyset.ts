/** Position in a list ordered by time and id, newest first. */
export interface TimeCursor {
  readonly at: Date;
  readonly id: string;
}

const END_OF_TIME: TimeCursor = { at: new Date('9999-12-31T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };

/** Reads a cursor; none or a broken one is the beginning. */
export function readTimeCursor(text: string | undefined): TimeCursor {
  const [ms, id] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split('|');
  if (!ms || !/^\d+$/.test(ms) || !id || !/^[0-9a-f-]{36}$/.test(id)) return END_OF_TIME;
  return { at: new Date(Number(ms)), id };
}

/** The cursor after the last row of a full page; none when the page was the last. */
export function nextTimeCursor(rows: readonly { at: Date; id: string }[], limit: number): string | undefined {
  const last = rows.length >= limit ? rows.at(-1) : undefined;
  return last && Buffer.from(`${last.at.getTime()}|${last.id}`).toString('base64url');
}
