import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeNumber } from '../common/resident-number.ts';
import type { StandIn } from '../common/server.ts';
import { CLIENT_ID, startIdp } from './main.ts';

const WORKER = {
  name: '买买提·艾力',
  idNumber: makeNumber('410803', '19880214', 233),
  sex: '1',
  phone: '15400000103',
};
const PORTAL = 'http://localhost:8700';
const CALLBACK = `${PORTAL}/api/sign-in/callback`;
let idp: StandIn;
let config: client.Configuration;

beforeAll(async () => {
  idp = await startIdp({ port: 0, publicUrl: PORTAL, clientSecret: 'secret', workers: () => [WORKER] });
  config = await client.discovery(new URL(idp.url), CLIENT_ID, 'secret', undefined, {
    execute: [client.allowInsecureRequests],
  });
});
afterAll(() => idp.close());

/** A browser with cookies that follows redirects until it leaves the provider. */
class Browser {
  cookies = new Map<string, string>();

  async open(url: string, form?: Record<string, string>): Promise<{ url: string; status: number; text: string }> {
    const response = await fetch(url, {
      method: form ? 'POST' : 'GET',
      body: form && new URLSearchParams(form),
      redirect: 'manual',
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(cookie)) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    const next = response.headers.get('location');
    if (!next) return { url, status: response.status, text: await response.text() };
    const target = new URL(next, url).href;
    return target.startsWith(idp.url) ? this.open(target) : { url: target, status: response.status, text: '' };
  }
}

async function begin(browser: Browser) {
  const verifier = client.randomPKCECodeVerifier();
  const state = client.randomState();
  const nonce = client.randomNonce();
  const url = client.buildAuthorizationUrl(config, {
    redirect_uri: CALLBACK,
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  });
  const page = await browser.open(url.href);
  const finish = async (back: string) =>
    client.authorizationCodeGrant(config, new URL(back), {
      pkceCodeVerifier: verifier,
      expectedState: state,
      expectedNonce: nonce,
    });
  return { page, finish };
}

describe('identity provider', () => {
  it('signs in a worker of the list by the code flow with PKCE, with name, number, sex and phone as claims', async () => {
    const browser = new Browser();
    const { page, finish } = await begin(browser);
    expect(page.text).toContain(WORKER.name);
    const back = await browser.open(page.url, { chosen: WORKER.idNumber });
    expect(back.url.startsWith(`${CALLBACK}?`)).toBe(true);
    const tokens = await finish(back.url);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ name: WORKER.name, id_number: WORKER.idNumber, sex: '1', phone: WORKER.phone });
    expect(claims?.sub).not.toContain(WORKER.idNumber);
    const userinfo = await client.fetchUserInfo(config, tokens.access_token, claims?.sub ?? '');
    expect(userinfo).toMatchObject({ name: WORKER.name, id_number: WORKER.idNumber });
    await expect(finish(back.url)).rejects.toThrow();
  });

  it('takes any lawful number with a name, refuses another, and asks anew every time', async () => {
    const browser = new Browser();
    const first = await begin(browser);
    const refused = await browser.open(first.page.url, { name: '沈禾苗', idNumber: '410802199003074520' });
    expect(refused).toMatchObject({ status: 422, text: expect.stringContaining('身份证件号码有误') });
    const idNumber = makeNumber('410802', '19900307', 452);
    const back = await browser.open(first.page.url, { name: ' 沈 禾苗', idNumber, phone: '15400000188' });
    const claims = (await first.finish(back.url)).claims();
    expect(claims).toMatchObject({ name: '沈禾苗', id_number: idNumber, sex: '2', phone: '15400000188' });

    const second = await begin(browser);
    expect(second.page.text).toContain('选择一位虚构的劳动者');
    const other = await browser.open(second.page.url, { chosen: WORKER.idNumber });
    expect((await second.finish(other.url)).claims()).toMatchObject({ name: WORKER.name });
  });

  it('refuses a request without PKCE, an unknown redirect address and a finished sign-in step', async () => {
    const url = client.buildAuthorizationUrl(config, { redirect_uri: CALLBACK, scope: 'openid', state: 's' });
    const withoutPkce = await new Browser().open(url.href);
    expect(new URL(withoutPkce.url).searchParams.get('error')).toBe('invalid_request');
    url.searchParams.set('redirect_uri', 'http://elsewhere.example/');
    expect(await new Browser().open(url.href)).toMatchObject({
      status: 400,
      text: expect.stringContaining('登录没有完成'),
    });
    expect(await new Browser().open(`${idp.url}/interaction/unknown`)).toMatchObject({ status: 410 });
  });
});
