import { existsSync, mkdirSync, readFileSync, renameSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Answer, Api, Refused } from './api.ts';
import type { Person } from './people.ts';
import { type Running, type Staff, staffOf } from './running.ts';
import { until } from './wait.ts';

/** A person at a browser of their own, signed in. */
export interface SignedIn {
  readonly api: Api;
  readonly session: Answer<'getSession'>;
}

/**
 * A worker signs in through the identity provider's own pages, as a browser would: there, the form, and back with a code
 * (OpenID Connect).
 */
export async function byProvider(running: Running, person: Person): Promise<SignedIn> {
  const api = new Api(running.url);
  const page = await api.visitor.open(`${running.url}/api/sign-in/worker?to=/my`);
  const action = /<form method="post" action="([^"]+)"/.exec(page.text)?.[1];
  if (!action) throw new Error(`统一身份认证没有给出登录页（${page.status} ${page.url}）`);
  const { name, idNumber, mobile } = person;
  const back = await api.visitor.open(new URL(action, page.url).href, { name, idNumber, phone: mobile });
  const session = await api.call('getSession', {});
  if (session.kind !== 'worker') throw new Error(`统一身份认证登录没有成功，停在 ${back.url}`);
  return { api, session };
}

/** A worker signs in with a one-time code, read where the messages arrive. */
export async function byCode(running: Running, person: Person): Promise<SignedIn> {
  const api = new Api(running.url);
  const { name, idNumber, mobile } = person;
  const before = new Set((await messagesTo(running, mobile)).map((message) => message.id));
  const { request } = await api.call('requestCode', { body: { name, idNumber, mobile } });
  const code = await until('短信验证码', async () => {
    const fresh = (await messagesTo(running, mobile)).filter((message) => !before.has(message.id));
    return fresh.map(({ text }) => /验证码\D*(\d{6})/.exec(text)?.[1]).find(Boolean);
  });
  return { api, session: await api.call('signInWithCode', { body: { request, code } }) };
}

/** A message as the SMS gateway keeps it. */
export interface Sms {
  readonly id: string;
  readonly to: string;
  readonly text: string;
}

/** The messages at a telephone, newest first. */
export async function messagesTo(running: Running, mobile: string): Promise<readonly Sms[]> {
  const answer = await fetch(`${running.sms}/v1/messages?to=${encodeURIComponent(mobile)}`);
  return ((await answer.json()) as { items: Sms[] }).items;
}

/** Codes that were used, by account: a code works once, whichever journey used it. */
const usedFile = ({ folder }: Running) => join(folder, 'used-codes.json');
const readUsed = (running: Running): Record<string, string> =>
  existsSync(usedFile(running)) ? JSON.parse(readFileSync(usedFile(running), 'utf8')) : {};

/** The second factor of an account, read at the stand-ins' page; waits for the next one when this one was used. */
export async function freshCode(running: Running, username: string): Promise<string> {
  for (;;) {
    const answer = (await (await fetch(`${running.hub}/codes.json`)).json()) as {
      staff: { username: string; code?: string }[];
      secondsLeft: number;
    };
    const code = answer.staff.find((one) => one.username === username)?.code;
    if (!code) throw new Error(`模拟系统没有 ${username} 的动态码`);
    const used = readUsed(running);
    if (used[username] !== code) {
      writeFileSync(usedFile(running), JSON.stringify({ ...used, [username]: code }));
      return code;
    }
    await sleep(answer.secondsLeft * 1000 + 200);
  }
}

/** A member of staff signs in with password and one-time code. A code somebody used a moment ago is waited out, once. */
export async function asStaff(running: Running, person: Staff): Promise<SignedIn> {
  const api = new Api(running.url);
  const { username, password } = person;
  const attempt = async () =>
    api.call('signInStaff', { body: { username, password, code: await freshCode(running, username) } });
  const session = await attempt().catch((error: unknown) => {
    if (error instanceof Refused && error.body.code === 'signIn.wrong') return attempt();
    throw error;
  });
  return { api, session };
}

/** The first, or the `n`th, member of staff with a role signs in. */
export const asRole = (running: Running, role: string, n = 0): Promise<SignedIn> =>
  asStaff(running, staffOf(running, role, n));

type Cookies = readonly { name: string; value: string; url: string }[];

/**
 * Cookies of a member of staff who is signed in. One session goes through all journeys of a run, as it does through a
 * day; journeys that run side by side wait for the first that signs in, because a code works once.
 */
export async function staffCookies(running: Running, person: Staff): Promise<Cookies> {
  const file = join(running.folder, `session-${person.username}.json`);
  const lock = `${file}.lock`;
  const keys = await until(
    `${person.username}的会话`,
    async () => {
      const kept = existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as Cookies);
      if (kept && (await apiWith(running, kept).call('getSession', {})).signedIn) return kept;
      return takes(lock) && 'mine';
    },
    90,
  );
  if (keys !== 'mine') return keys;
  try {
    const { api } = await asStaff(running, person);
    const cookies = cookiesOf(running, api);
    writeFileSync(`${file}.new`, JSON.stringify(cookies));
    renameSync(`${file}.new`, file);
    return cookies;
  } finally {
    rmdirSync(lock);
  }
}

/** The first, or the `n`th, member of staff with a role at work, in the session all journeys share. */
export async function atWork(running: Running, role: string, n = 0): Promise<Api> {
  return apiWith(running, await staffCookies(running, staffOf(running, role, n)));
}

/** What somebody who is signed in would carry to a browser. */
export function cookiesOf(running: Running, { visitor }: Api): Cookies {
  return visitor
    .cookies(`${running.url}/`)
    .split('; ')
    .map((pair) => ({
      name: pair.slice(0, pair.indexOf('=')),
      value: pair.slice(pair.indexOf('=') + 1),
      url: running.url,
    }));
}

function apiWith(running: Running, cookies: Cookies): Api {
  const api = new Api(running.url);
  for (const { name, value } of cookies) api.visitor.remember(running.url, name, value);
  return api;
}

/** Makes a folder nobody else has made: true for one of those who try at once. */
function takes(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
