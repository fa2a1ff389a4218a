import { addWorkingDays, type Calendar, isPlainDate, type PlainDate } from './calendar.ts';
import { type Policy, requirePolicy } from './provisions/policy.ts';
import { type Refusal, refuse } from './refusal.ts';

/** A change of what a list says: a new policy, another amount, an office that takes over. */
export interface GivenChange {
  readonly changedOn: PlainDate;
  readonly reason: string;
}

/** What is wrong with a registered change, or null (A21-4c). */
export function checkListChange(given: GivenChange, today: PlainDate): Refusal | null {
  const no = (why: string) => refuse('admin.notAllowed', why, 'A21-4c');
  if (!isPlainDate(given.changedOn) || given.changedOn > today) return no(`变化日期：不能晚于今天（${today}）。`);
  if (given.reason.trim().length < 4) return no('变化内容：请写明哪项政策、服务变了，依据什么文件。');
  return null;
}

/** The last day to publish the list anew. @throws LawSilent where the law sets no limit */
export function publicationDue(changedOn: PlainDate, policy: Policy, calendar: Calendar): PlainDate {
  return addWorkingDays(changedOn, requirePolicy(policy, 'listPublicationWorkingDays').value, calendar);
}

/** A version is published by a second person, never by who wrote it (A21-4c). */
export function checkApproval(draft: { authorId: string; state: string }, by: { id: string }): Refusal | null {
  if (draft.state !== 'waiting') return refuse('admin.notAllowed', '这一版已经处理过了，请刷新后查看。');
  if (draft.authorId === by.id)
    return refuse('admin.notAllowed', '清单由第二人批准：您是编写人，请由另一位同事批准。', 'A21-4c');
  return null;
}
