import type { CookieSerializeOptions } from '@fastify/cookie';
import type { Context } from '../../context.ts';

/** How the session cookie is set: never readable by script, never sent along by other sites' forms. */
export function sessionCookie(context: Context): CookieSerializeOptions {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: context.config.publicUrl.startsWith('https://') };
}
