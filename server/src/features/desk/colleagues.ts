import { type Action, can, hasAction, type Role, roleNames, roles } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Answer } from '../../platform/http.ts';
import { staffActor } from '../../platform/session.ts';
import { type ColleagueRow, colleaguesOf } from './assign.sql.ts';

/** The kinds of work, and the right that doing each takes: nobody is given what he or she may not do. */
export const doing = {
  decision: 'application.decide',
  contact: 'contact.record',
  exit: 'exit.confirm',
} as const satisfies Record<string, Action>;
export type Kind = keyof typeof doing;
export const kinds = Object.keys(doing) as Kind[];

/** Roles of staff that do any of the work. */
export const workingRoles: readonly Role[] = roles.filter(
  (role) => role !== 'worker' && role !== 'system' && kinds.some((kind) => hasAction(role, doing[kind])),
);

/** Whether an account may do this kind of work for a case of this office. */
export function mayDo(account: ColleagueRow, kind: Kind, office: string): boolean {
  const { lo, hi } = staffActor({ ...account, role: account.role as Role });
  return can(account.role as Role, doing[kind], { actorRange: { lo, hi }, division: office });
}

/** Everybody of the range who can be given work. */
export async function readColleagues(context: Context, actor: Actor): Promise<Answer<'getColleagues'>> {
  const rows = await context.db.read(actor, (tx) => tx.rows(colleaguesOf, workingRoles, actor.lo, actor.hi));
  return {
    colleagues: rows.map((row) => ({
      id: row.id,
      name: row.display_name,
      roleText: roleNames[row.role as Role],
      office: row.office,
      officeName: context.reference.officeName(row.office),
      kinds: kinds.filter((kind) => mayDo(row, kind, row.office)),
    })),
  };
}
