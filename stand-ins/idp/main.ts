import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer as createHttpServer } from 'node:http';
import Provider, { type Configuration, interactionPolicy, type JWK } from 'oidc-provider';
import { createServer, type StandIn } from '../common/server.ts';
import type { DemoWorker } from '../config.ts';
import { memoryAdapter } from './memory-adapter.ts';
import { registerSignIn, type Worker } from './sign-in.ts';

interface IdpOptions {
  /** 0 takes a free port */
  port: number;
  /** where the portal lives; the redirect address is `<publicUrl>/api/sign-in/callback` */
  publicUrl: string;
  clientSecret: string;
  /** read for every sign-in, so that the list may change while running */
  workers: () => DemoWorker[];
  /** address of the hub page, linked from the start page */
  home?: string;
}

export const CLIENT_ID = 'yingdeng-portal';
const MINUTE = 60;

/**
 * Starts the stand-in of the identity provider (OpenID Connect, code flow with PKCE). Anyone may sign in as anyone;
 * nothing is remembered from one sign-in to the next, and all keys are made at the start.
 */
export async function startIdp(options: IdpOptions): Promise<StandIn> {
  const http = createHttpServer();
  await new Promise<void>((resolve, reject) => {
    http.once('error', reject);
    http.listen(options.port, '127.0.0.1', resolve);
  });
  const address = http.address();
  const port = typeof address === 'object' && address ? address.port : options.port;
  const issuer = `http://localhost:${port}`;

  const signedIn = new Map<string, Worker>();
  const provider = new Provider(issuer, configuration(options, signedIn));
  forgetSessions(provider);
  const pages = createServer();
  registerSignIn(pages, {
    provider,
    workers: options.workers,
    publicUrl: options.publicUrl,
    home: options.home,
    remember: (worker) => {
      const sub = subjectOf(worker);
      signedIn.set(sub, worker);
      return sub;
    },
  });
  await pages.ready();
  const oidc = provider.callback();
  http.on('request', (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    const isPage = path === '/' || path === '/style.css' || /^\/(fonts|interaction)\//.test(path);
    if (isPage) pages.routing(request, response);
    else oidc(request, response);
  });
  return {
    url: issuer,
    async close() {
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await pages.close();
    },
  };
}

/** Ends the session as soon as a sign-in has its code, so that the next person at the same browser starts afresh. */
function forgetSessions(provider: Provider): void {
  provider.use(async (context, next) => {
    await next();
    if (context.oidc?.entities.AuthorizationCode) await context.oidc.session?.destroy();
  });
}

/** A pseudonym of the person, the same each time, that does not show the number. */
function subjectOf(worker: Worker): string {
  return createHash('sha256').update(`subject:${worker.idNumber}`).digest('hex').slice(0, 32);
}

function configuration(options: IdpOptions, signedIn: ReadonlyMap<string, Worker>): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const key = { ...privateKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid: 'demo' } as JWK;
  return {
    adapter: memoryAdapter(),
    jwks: { keys: [key] },
    cookies: { keys: [randomBytes(32).toString('hex')], names: { session: 'idp_session', interaction: 'idp_step' } },
    clients: [
      {
        client_id: CLIENT_ID,
        client_secret: options.clientSecret,
        redirect_uris: [`${options.publicUrl}/api/sign-in/callback`],
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub', 'name', 'id_number', 'sex', 'phone'] },
    scopes: ['openid'],
    // One round trip for the portal: the claims are in the ID token as well as at the userinfo endpoint.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    // The session is gone when the code is exchanged; see forgetSessions.
    expiresWithSession: () => false,
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: false } },
    interactions: { url: (_context, interaction) => `/interaction/${interaction.uid}`, policy: alwaysAsk() },
    findAccount: (_context, sub) => {
      const worker = signedIn.get(sub);
      if (!worker) return undefined;
      const { name, idNumber, sex, phone } = worker;
      return { accountId: sub, claims: async () => ({ sub, name, id_number: idNumber, sex, phone }) };
    },
    // Consent is not rehearsed here: the grant is made on the spot.
    loadExistingGrant: async (context) => {
      const { client, session, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: client?.clientId, accountId: session?.accountId });
      grant.addOIDCScope('openid');
      await grant.save();
      return grant;
    },
    renderError: async (context, out) => {
      context.type = 'text/html; charset=utf-8';
      context.body = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><link rel="stylesheet" href="/fonts/index.css"><link rel="stylesheet" href="/style.css"><title>登录没有完成</title><main class="wrap"><section class="card narrow" style="margin-top:40px"><h2>登录没有完成</h2><p>请回到应登门户重新登录。</p><code>${escapeCode(out.error)}</code></section></main></html>`;
    },
    ttl: {
      AccessToken: 10 * MINUTE,
      AuthorizationCode: MINUTE,
      Grant: 10 * MINUTE,
      IdToken: 10 * MINUTE,
      Interaction: 30 * MINUTE,
      Session: MINUTE,
    },
  };
}

function escapeCode(text: string): string {
  return text.replace(/[^\w ]/g, '');
}

/** The login step, asked every time even while a session lives: nothing is remembered. No consent step. */
function alwaysAsk(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  policy
    .get('login')
    ?.checks.add(
      new interactionPolicy.Check('always_ask', 'every sign-in asks who it is', 'login_required', (context) =>
        context.oidc.result?.login ? interactionPolicy.Check.NO_NEED_TO_PROMPT : interactionPolicy.Check.REQUEST_PROMPT,
      ),
    );
  return policy;
}
