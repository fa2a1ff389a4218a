import { expect, it } from 'vitest';
import { changesOf } from './changes.ts';

const current = {
  mobile: '13800001234',
  landline: '',
  email: 'a@b.cn',
  residence: { division: '410802', detail: '和平路1号' },
};

it('sends only what differs; blanks around a text are no difference', () => {
  expect(changesOf(current, { ...current, mobile: ' 13800001234 ' })).toEqual({});
  expect(changesOf(current, { ...current, mobile: '13900005678', email: '' })).toEqual({
    mobile: '13900005678',
    email: '',
  });
});

it('an address is one thing: place and detail go together', () => {
  expect(changesOf(current, { ...current, residence: { ...current.residence, division: '410811' } })).toEqual({
    residence: { division: '410811', detail: '和平路1号' },
  });
});
