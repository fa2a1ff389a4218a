import { describe, expect, it } from 'vitest';
import type { Trouble } from '../../lib/refusal.ts';
import { differences, standingOf } from './changed.tsx';

const fields = [
  ['displayName', '姓名'],
  ['role', '角色'],
  ['open', '状态'],
] as const;
const opened = { displayName: '李新人', role: 'clerk', roleText: '经办人员', open: true };

describe('two administrators on one row', () => {
  it('shows every field that either of them changed, and names those that both did', () => {
    const now = { ...opened, displayName: '李新仁', open: false };
    const mine = { displayName: '李欣仁', role: 'supervisor', roleText: '督导人员' };
    expect(differences(fields, { opened, now, mine })).toEqual([
      { field: 'displayName', label: '姓名', opened: '李新人', now: '李新仁', mine: '李欣仁', clash: true },
      { field: 'role', label: '角色', opened: '经办人员', now: '经办人员', mine: '督导人员', clash: false },
      { field: 'open', label: '状态', opened: '启用', now: '停用', mine: '', clash: false },
    ]);
    expect(differences(fields, { opened, now: opened, mine: opened })).toEqual([]);
  });

  it('is read from that refusal alone', () => {
    const trouble = { code: 'admin.changed', detail: { version: 3, now: opened } } as unknown as Trouble;
    expect(standingOf(trouble)).toEqual({ version: 3, now: opened });
    expect(standingOf({ ...trouble, code: 'admin.notAllowed' })).toBeUndefined();
    expect(standingOf(undefined)).toBeUndefined();
  });
});
