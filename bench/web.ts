import type { Browser } from 'playwright-core';
import { launchBrowser } from '../e2e/browser.ts';
import type { Api } from '../e2e/lib/api.ts';
import { filledForm, signed } from '../e2e/lib/form.ts';
import { OwnSystem } from '../e2e/lib/own-system.ts';
import { newPerson } from '../e2e/lib/people.ts';
import type { Running } from '../e2e/lib/running.ts';
import { asRole, byProvider } from '../e2e/lib/sign-in.ts';
import { type Setting, settingOf } from '../e2e/walk/setting.ts';
import { median } from './system.ts';
import { type Cookie, type Load, type Press, SlowVisit, slow } from './web-page.ts';
import { type Peer, startPeer } from './web-peer.ts';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Applications that wait for the clerk. */
const LINES = 10;
const PHONE = 390;
const DESK = 1440;
/** Aims for the gzipped script of a first load. Bytes. */
const AIMS: Record<string, number> = { 'portal, home': 100_000, 'console, after sign-in': 350_000 };

/** Every figure of one round, by the name of its row. */
interface Round {
  readonly loads: Record<string, Load>;
  readonly presses: Record<string, Press>;
}

/**
 * The built pages of portal and console on a slow line and a slow machine: script, everything that travels, largest paint, and
 * presses; in turn with another console whose built pages come from the registry. A cold cache every time.
 */
export async function run(): Promise<void> {
  const system = new OwnSystem();
  let browser: Browser | undefined;
  const peer = await startPeer().catch((error: unknown) => {
    console.log(`  no peer: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    return undefined;
  });
  try {
    const running = await system.start();
    browser = await launchBrowser();
    const setting = await settingOf(running);
    for (let filed = 0; filed < LINES; filed += 1) await submit(setting);
    const worker = cookieOf((await byProvider(running, newPerson(setting.county))).api);
    const clerk = cookieOf((await asRole(running, 'clerk')).api);
    const rounds: Round[] = [];
    // The first round wakes caches of server and disk, and packs the peer's files; it is not counted.
    for (let round = 0; round <= ROUNDS; round += 1) {
      const seen = await oneRound(browser, running, worker, clerk, peer);
      if (round > 0) rounds.push(seen);
    }
    print(rounds, browser.version(), peer);
  } finally {
    await browser?.close();
    peer?.stop();
    await system.stop();
  }
}

/** Somebody applies, so that the clerk has something to open. */
async function submit({ running, county, today }: Setting): Promise<void> {
  const person = newPerson(county);
  const { api } = await byProvider(running, person);
  const { version } = await api.call('getCommitment', {});
  await api.call('submitApplication', { body: signed(filledForm(person, county, today), version) });
}

async function oneRound(
  browser: Browser,
  running: Running,
  worker: Cookie,
  clerk: Cookie,
  peer: Peer | undefined,
): Promise<Round> {
  const loads: Record<string, Load> = {};
  const presses: Record<string, Press> = {};
  const visit = async (width: number, cookie: Cookie | undefined, work: (visit: SlowVisit) => Promise<void>) => {
    const opened = await SlowVisit.open(browser, width, running.url, cookie);
    try {
      await work(opened);
    } finally {
      await opened.close();
    }
  };
  await visit(PHONE, worker, async (one) => {
    const { page } = one;
    loads['portal, home'] = await one.load(`${running.url}/`, () => page.getByRole('link', { name: '申请失业登记' }));
    presses['portal: opening 申请'] = await one.press(
      page.getByRole('link', { name: '申请失业登记' }),
      page.getByText('第1步，共'),
    );
  });
  await visit(PHONE, worker, async (one) => {
    const { page } = one;
    const reason = page.getByRole('radio', { name: /从各类单位辞职/ });
    loads['portal, a step of the form'] = await one.load(`${running.url}/apply?step=unemployment`, () => reason);
    presses['portal: picking a reason'] = await one.press(
      page.getByText(/从各类单位辞职/).first(),
      page.getByRole('radio', { name: /从各类单位辞职/, checked: true }),
    );
  });
  await visit(DESK, undefined, async (one) => {
    loads['console, sign-in'] = await one.load(`${running.url}/console/sign-in`, (page) => page.getByLabel('用户名'));
  });
  await visit(DESK, clerk, async (one) => {
    loads['console, after sign-in'] = await one.load(`${running.url}/console/`, (page) =>
      page.getByRole('heading', { level: 1 }),
    );
  });
  await visit(DESK, clerk, async (one) => {
    const { page } = one;
    const row = page.locator('tbody .row').first();
    loads['console, worklist'] = await one.load(`${running.url}/console/decisions`, () => row);
    presses['console: opening a case'] = await one.press(row.getByRole('link').first(), page.locator('.case-head h1'));
  });
  if (peer)
    await visit(DESK, undefined, async (one) => {
      loads['peer, sign-in'] = await one.load(peer.url, (page) => page.locator('input[type="password"]'));
    });
  return { loads, presses };
}

/** The session's cookie, as a browser is given it. */
function cookieOf(api: Api): Cookie {
  const [name = '', value = ''] = (api.visitor.cookies(api.base).split('; ')[0] ?? '').split('=');
  return { name, value };
}

function print(rounds: readonly Round[], version: string, peer: Peer | undefined): void {
  const [first] = rounds;
  if (!first) return;
  const load = (name: string, what: keyof Load) => median(rounds.map(({ loads }) => loads[name]?.[what] ?? Number.NaN));
  const press = (name: string, what: keyof Press) =>
    median(rounds.map(({ presses }) => presses[name]?.[what] ?? Number.NaN));
  const kB = (bytes: number) => `${(bytes / 1000).toFixed(1)} kB`.padStart(11);
  const ms = (value: number) => `${Math.round(value)} ms`.padStart(9);
  console.log(
    `web, Chromium ${version}: ${slow.down / 1e6} Mbit/s down, ${slow.up / 1e3} kbit/s up, ${slow.latency} ms a round trip, ` +
      `processor ${slow.processor} times slower, cold cache, medians of ${rounds.length}`,
  );
  console.log(`  ${'first load'.padEnd(28)}script gzip   … before it      on the line   largest paint`);
  for (const name of Object.keys(first.loads)) {
    const aim = AIMS[name];
    const verdict = aim ? `   aim ${aim / 1000} kB: ${load(name, 'script') <= aim ? 'kept' : 'missed'}` : '';
    console.log(
      `  ${name.padEnd(28)}${kB(load(name, 'script'))}  ${kB(load(name, 'scriptBefore'))}      ${kB(load(name, 'line'))}` +
        `       ${ms(load(name, 'largestPaint'))}${verdict}`,
    );
  }
  console.log(`  ${'press'.padEnd(28)} next paint       shown`);
  for (const name of Object.keys(first.presses)) {
    console.log(`  ${name.padEnd(28)}  ${ms(press(name, 'nextPaint'))}   ${ms(press(name, 'shown'))}`);
  }
  if (!peer) return;
  const ratio = (what: keyof Load) => (load('peer, sign-in', what) / load('console, sign-in', what)).toFixed(1);
  console.log(
    `  peer ${peer.name} to our console, both at the sign-in page: script ${ratio('script')} times, on the line ` +
      `${ratio('line')} times, largest paint ${ratio('largestPaint')} times`,
  );
}
