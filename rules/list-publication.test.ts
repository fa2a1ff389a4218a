import { expect, it } from 'vitest';
import { shippedCalendar } from './calendar.ts';
import { checkApproval, checkListChange, publicationDue } from './list-publication.ts';
import { policyFor } from './provisions/policy.ts';

it('A21-4c: a change is published within twenty working days of it', () => {
  expect(publicationDue('2026-11-20', policyFor('410800', '2026-11-20'), shippedCalendar)).toBe('2026-12-18');
});

it.each([
  [{ changedOn: '2026-11-26', reason: '焦人社〔2026〕20号，补贴标准提高' }, null],
  [{ changedOn: '2026-11-27', reason: '焦人社〔2026〕20号' }, '不能晚于今天'],
  [{ changedOn: '2026-11-20', reason: '变了' }, '请写明'],
] as const)('A21-4c: change %j', (given, words) => {
  const fault = checkListChange(given, '2026-11-26');
  if (words === null) expect(fault).toBeNull();
  else expect(fault?.message).toContain(words);
});

it('A21-4c: who wrote a version does not approve it, and nobody settles it twice', () => {
  const draft = { authorId: 'a', state: 'waiting' };
  expect(checkApproval(draft, { id: 'b' })).toBeNull();
  expect(checkApproval(draft, { id: 'a' })?.message).toContain('第二人');
  expect(checkApproval({ ...draft, state: 'published' }, { id: 'b' })?.message).toContain('已经处理');
});
