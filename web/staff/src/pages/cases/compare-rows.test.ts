import { describe, expect, it } from 'vitest';
import { compareRows } from './compare-rows.ts';
import type { CaseFile } from './model.ts';

const file = (number: string, form: Record<string, unknown>, more: Partial<CaseFile['application']> = {}): CaseFile =>
  ({
    person: {
      name: '王小明',
      idMasked: '410***********4525',
      mobileMasked: '138****0000',
      householdText: '',
      residenceText: '',
    },
    application: {
      number,
      form: { name: '王小明', mobile: '138****0000', reason: '2', household: { division: '410802' }, ...form },
      channel: 'portal',
      officeName: '解放区公共就业服务中心',
      submittedAt: '2026-11-20T01:00:00.000Z',
      statusText: '待办理',
      ...more,
    },
  }) as unknown as CaseFile;
const names: Record<string, string> = { '410802': '解放区', '410811': '山阳区' };
const place = (code: string) => names[code] ?? code;

describe('two cases of one person side by side (A21-2d)', () => {
  const one = file('1', { residence: { division: '410802' }, registrationPlace: 'residence', placeDivision: '410802' });
  const other = file(
    '2',
    { residence: { division: '410811' }, registrationPlace: 'residence', placeDivision: '410811', reason: '1' },
    { channel: 'counter' },
  );

  it('marks what differs and nothing else', () => {
    const rows = compareRows(one, other, place);
    expect(rows.filter(({ differs }) => differs).map(({ label }) => label)).toEqual([
      '常住地址',
      '登记失业地',
      '失业原因',
      '来源',
    ]);
    expect(rows.find(({ label }) => label === '常住地址')).toMatchObject({ here: '解放区', there: '山阳区' });
    expect(rows.find(({ label }) => label === '登记失业地')?.there).toMatch(/，山阳区$/);
    expect(compareRows(one, one, place).some(({ differs }) => differs)).toBe(false);
  });

  it('shows the number masked, and the state of the registration where there is one', () => {
    const registered = { ...other, registration: { statusText: '有效' } } as unknown as CaseFile;
    const rows = compareRows(one, registered, place);
    expect(rows.find(({ label }) => label === '证件号')?.here).toBe('410***********4525');
    expect(rows.find(({ label }) => label === '状态')).toMatchObject({ here: '待办理', there: '有效', differs: true });
  });
});
