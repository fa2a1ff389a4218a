import type { Role } from '@yingdeng/rules/access.ts';

/** Who acts in a transaction. `lo` and `hi` bound the office codes the actor reaches (hi exclusive). */
export interface Actor {
  readonly kind: 'staff' | 'worker' | 'system' | 'public';
  readonly role: Role;
  /** Account id, person id, job name; what the audit row names. */
  readonly id: string;
  readonly name: string;
  /** Office of a staff member; empty for others. */
  readonly office: string;
  readonly lo: string;
  readonly hi: string;
  /** Person id of a worker; empty for others. */
  readonly person: string;
}

/** No range at all: sorts after every code, so nothing lies in it. */
const NOWHERE = { lo: '~', hi: '' } as const;
/** Every office code is digits; ':' is the character after '9'. */
export const NATION = { lo: '0', hi: ':' } as const;

/** The system acting by itself: a job, the sign-in, an exchange. `what` names it in the audit. */
export function systemActor(what: string): Actor {
  return { kind: 'system', role: 'system', id: what, name: '系统', office: '', ...NATION, person: '' };
}

/** A worker acting for himself or herself: reaches only rows about that person. */
export function workerActor(personId: string, name: string): Actor {
  return { kind: 'worker', role: 'worker', id: personId, name, office: '', ...NOWHERE, person: personId };
}

/** Somebody who is not signed in but named a person by number and identity number (progress enquiry). */
export function publicActor(personId: string): Actor {
  return {
    kind: 'public',
    role: 'worker',
    id: 'public',
    name: '未登录查询人',
    office: '',
    ...NOWHERE,
    person: personId,
  };
}

/**
 * The same actor reaching beyond the own range for one named procedure that the law asks for (handing an application
 * over to the right office, A21-7a). The caller has checked the right to do it; the audit row still names the actor.
 */
export function reachingNation(actor: Actor): Actor {
  return { ...actor, ...NATION };
}
