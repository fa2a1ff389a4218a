import { normaliseIdentityEntry, parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { FastifyInstance } from 'fastify';
import * as oidc from 'openid-client';
import type { Context } from '../../context.ts';
import { SESSION_COOKIE, workerTicket } from '../../platform/session.ts';
import { sessionCookie } from './cookie.ts';

const FLOW_COOKIE = 'yingdeng_oidc';

interface Flow {
  readonly use: 'oidc-flow';
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
  readonly to: string;
  readonly until: number;
}

/**
 * Sign-in of workers through the identity provider (OpenID Connect, code flow with PKCE). These two addresses are visited by
 * the browser itself; the flow's secrets travel in a sealed cookie, so that any process can finish what another began.
 */
export function registerIdentityProvider(app: FastifyInstance, context: Context): void {
  const redirect = `${context.config.publicUrl}/api/sign-in/callback`;
  let discovered: Promise<oidc.Configuration> | undefined;
  const provider = (): Promise<oidc.Configuration> => {
    const idp = context.config.idp;
    if (!idp) throw new Error('no identity provider is configured');
    discovered ??= oidc
      .discovery(new URL(idp.url), idp.clientId, idp.clientSecret, undefined, {
        // A stand-in on loopback has no certificate; configuration refuses loopback providers in production.
        execute: idp.url.startsWith('http:') ? [oidc.allowInsecureRequests] : [],
      })
      .catch((error: Error) => {
        discovered = undefined;
        throw error;
      });
    return discovered;
  };
  const failed = '/sign-in?failed=provider';

  app.get<{ Querystring: { to?: string } }>(
    '/api/sign-in/worker',
    { schema: { hide: true } },
    async (request, reply) => {
      try {
        const verifier = oidc.randomPKCECodeVerifier();
        const to = /^\/(?!\/)[\w/?=&%.-]*$/.test(request.query.to ?? '') ? (request.query.to ?? '/my') : '/my';
        const flow: Flow = {
          use: 'oidc-flow',
          state: oidc.randomState(),
          nonce: oidc.randomNonce(),
          verifier,
          to,
          until: context.clock.now().getTime() + 10 * 60_000,
        };
        const url = oidc.buildAuthorizationUrl(await provider(), {
          redirect_uri: redirect,
          scope: 'openid profile',
          code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
          code_challenge_method: 'S256',
          state: flow.state,
          nonce: flow.nonce,
        });
        return reply
          .setCookie(FLOW_COOKIE, context.crypto.seal(flow).toString('base64url'), {
            ...sessionCookie(context),
            path: '/api/sign-in',
            maxAge: 600,
          })
          .redirect(url.href);
      } catch (error) {
        context.log.error({ error: (error as Error).message }, 'identity provider failed');
        return reply.redirect(failed);
      }
    },
  );

  app.get('/api/sign-in/callback', { schema: { hide: true } }, async (request, reply) => {
    try {
      const now = context.clock.now();
      const flow = context.crypto.open<Flow>(Buffer.from(request.cookies[FLOW_COOKIE] ?? '', 'base64url'));
      if (flow.use !== 'oidc-flow' || flow.until < now.getTime()) return reply.redirect(failed);
      const tokens = await oidc.authorizationCodeGrant(
        await provider(),
        new URL(request.url, context.config.publicUrl),
        {
          pkceCodeVerifier: flow.verifier,
          expectedState: flow.state,
          expectedNonce: flow.nonce,
        },
      );
      const claims = tokens.claims() ?? {};
      const idNumber = normaliseIdentityEntry(String((claims as Record<string, unknown>).id_number ?? ''));
      const name = String((claims as Record<string, unknown>).name ?? '');
      if (!name || parseIdentityNumber(idNumber).faults.length > 0) return reply.redirect(failed);
      const claim = (key: string) => {
        const value = (claims as Record<string, unknown>)[key];
        return typeof value === 'string' && value ? value : undefined;
      };
      const ticket = workerTicket(context, { name, idNumber, sex: claim('sex'), mobile: claim('phone') }, now);
      return reply
        .clearCookie(FLOW_COOKIE, { path: '/api/sign-in' })
        .setCookie(SESSION_COOKIE, ticket, sessionCookie(context))
        .redirect(flow.to);
    } catch (error) {
      context.log.error({ error: (error as Error).message }, 'identity provider failed');
      return reply.redirect(failed);
    }
  });
}
