import { ownName } from '@yingdeng/contract/divisions.ts';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser } from '../browser.ts';
import type { Api } from '../lib/api.ts';
import { filledForm, signed } from '../lib/form.ts';
import { newPerson, type Person } from '../lib/people.ts';
import { type Running, staffOf } from '../lib/running.ts';
import { atWork, byProvider, cookiesOf } from '../lib/sign-in.ts';
import { desk, signedIn } from '../pages/console.ts';
import { phone } from '../pages/portal.ts';
import { checkedCase, settleFindings } from './register.ts';
import { type Setting, settingOf } from './setting.ts';

/** Somebody who is registered, with the application it came from. */
export interface Registered {
  readonly person: Person;
  readonly worker: Api;
  readonly id: string;
  readonly registrationId: string;
}

/** Where the stories of service are told: one clerk before the screen, and a colleague who does over HTTP what is not the story itself. */
export class ServiceDesk {
  readonly running: Running;
  readonly browser: Browser;
  readonly setting: Setting;
  readonly colleague: Api;
  readonly clerk: Page;

  private constructor(running: Running, browser: Browser, setting: Setting, colleague: Api, clerk: Page) {
    this.running = running;
    this.browser = browser;
    this.setting = setting;
    this.colleague = colleague;
    this.clerk = clerk;
  }

  /** Opens it. Close it when the story is told. */
  static async open(running: Running): Promise<ServiceDesk> {
    const [browser, setting, colleague] = await Promise.all([
      launchBrowser(),
      settingOf(running),
      atWork(running, 'clerk'),
    ]);
    const clerk = await signedIn(await browser.newContext(desk), running, staffOf(running, 'clerk', 1));
    return new ServiceDesk(running, browser, setting, colleague, clerk);
  }

  close(): Promise<void> {
    return this.browser.close();
  }

  /** Names of the province, the city and the county of the desk, as a person chooses them. */
  get places(): [string, string, string] {
    const { county } = this.setting;
    const codes = [`${county.slice(0, 2)}0000`, `${county.slice(0, 4)}00`, county];
    return codes.map((code) => ownName(code) ?? code) as [string, string, string];
  }

  /** Registers what was handed in. */
  async register(id: string): Promise<{ registrationId: string; number: string }> {
    const file = await settleFindings(this.colleague, await checkedCase(this.colleague, id));
    const body = { version: file.application.version };
    const { case: registered } = await this.colleague.call('registerApplication', { params: { id }, body });
    const { id: registrationId, number } = registered.registration!;
    return { registrationId, number };
  }

  /** Somebody who applied in the portal this morning and is registered since. */
  async somebodyRegistered(): Promise<Registered> {
    const { county, today } = this.setting;
    const person = newPerson(county);
    const { api: worker } = await byProvider(this.running, person);
    const { version } = await worker.call('getCommitment', {});
    const form = { ...filledForm(person, county, today), wantsBenefit: false };
    const { id } = await worker.call('submitApplication', { body: signed(form, version) });
    return { person, worker, id, ...(await this.register(id)) };
  }

  /** The telephone of somebody who is signed in. */
  async telephoneOf(worker: Api): Promise<Page> {
    const context = await this.browser.newContext(phone);
    await context.addCookies(cookiesOf(this.running, worker));
    return context.newPage();
  }

  /** How the registration of an application stands. */
  async standsOf(id: string): Promise<string | undefined> {
    const { registration } = await this.colleague.call('getApplicationCase', { params: { id } });
    return registration?.status;
  }
}
