import { actions, can, roleNames } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import type { Answer, Handlers } from '../../platform/http.ts';
import { jobStates } from '../../platform/jobs.ts';
import { endSession, SESSION_COOKIE, type Session, workerTicket } from '../../platform/session.ts';
import { countMigrations } from '../../platform/system.sql.ts';
import { sessionCookie } from './cookie.ts';
import { profileByCode, requestCode, signInStaff } from './sign-in.ts';

/** Sign-in, sign-out, health. */
export function accessHandlers(context: Context): Handlers {
  return {
    getHealth: async ({ now }) => {
      const [row, jobs] = await Promise.all([
        context.db.read(systemActor('health'), (tx) => tx.first(countMigrations)),
        jobStates(context, now),
      ]);
      const lateJobs = jobs.filter(({ late }) => late).map(({ job }) => job);
      return { ok: true, migrations: row?.count ?? 0, now: now.toISOString(), lateJobs };
    },
    getSession: async ({ session }) => describe(context, session),
    signInStaff: async ({ body, now, request, reply }) => {
      const { cookie, session } = await signInStaff(context, now, request.ip, body);
      reply.setCookie(SESSION_COOKIE, cookie, sessionCookie(context));
      return describe(context, session);
    },
    requestCode: async ({ body, now, request }) => requestCode(context, now, request.ip, body),
    signInWithCode: async ({ body, now, request, reply }) => {
      const profile = await profileByCode(context, now, request.ip, body);
      reply.setCookie(SESSION_COOKIE, workerTicket(context, profile, now), sessionCookie(context));
      return {
        signedIn: true,
        kind: 'worker' as const,
        name: profile.name,
        profile,
        ...demoOf(context),
      };
    },
    signOut: async ({ request, reply }) => {
      await endSession(context, request.cookies[SESSION_COOKIE]);
      reply.clearCookie(SESSION_COOKIE, { path: '/' });
      return { signedIn: false as const };
    },
  };
}

function describe(context: Context, session: Session | undefined): Answer<'getSession'> {
  if (!session) return { signedIn: false, ...demoOf(context) };
  const { actor } = session;
  if (actor.kind === 'worker') {
    return {
      signedIn: true,
      kind: 'worker',
      name: actor.name,
      role: 'worker',
      profile: session.profile,
      ...demoOf(context),
    };
  }
  const scope = { actorRange: { lo: actor.lo, hi: actor.hi }, division: actor.office };
  return {
    signedIn: true,
    kind: 'staff',
    account: actor.id,
    name: actor.name,
    role: actor.role,
    roleText: roleNames[actor.role],
    office: { office: actor.office, officeName: context.reference.officeName(actor.office) },
    actions: actions.filter((action) => can(actor.role, action, scope)),
    ...demoOf(context),
  };
}

function demoOf(context: Context): Pick<Answer<'getSession'>, 'demo' | 'demoPage'> {
  return { demo: context.config.mode === 'demo', demoPage: context.config.demoPage };
}
