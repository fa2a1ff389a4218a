import { expect, it } from 'vitest';
import { changesOf } from './changes.ts';

const current = {
  mobile: '13800001234',
  landline: '',
  email: 'a@b.cn',
  residence: { division: '410802', detail: '和平路1号' },
  hukou: '',
  veteran: 'no',
  residenceUrban: 'yes',
};

it('sends only what differs; blanks around a text are no difference', () => {
  expect(changesOf(current, { ...current, mobile: ' 13800001234 ' })).toEqual({});
  expect(changesOf(current, { ...current, mobile: '13900005678', email: '' })).toEqual({
    mobile: '13900005678',
    email: '',
  });
});

it('facts for statistics are sent when they are said for the first time or otherwise', () => {
  expect(changesOf(current, { ...current, hukou: '20' })).toEqual({ hukou: '20' });
  expect(changesOf(current, { ...current, veteran: 'yes' })).toEqual({ veteran: 'yes' });
  expect(changesOf(current, { ...current, residenceUrban: 'no' })).toEqual({ residenceUrban: 'no' });
  const moved = { ...current, residence: { ...current.residence, detail: '新村12号' } };
  expect(changesOf(current, moved)).toMatchObject({ residenceUrban: 'yes' });
  expect(changesOf(current, { ...moved, residenceUrban: '' })).not.toHaveProperty('residenceUrban');
});

it('an address is one thing: place and detail go together', () => {
  expect(changesOf(current, { ...current, residence: { ...current.residence, division: '410811' } })).toEqual({
    residence: { division: '410811', detail: '和平路1号' },
    residenceUrban: 'yes',
  });
});
