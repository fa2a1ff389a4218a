import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Faults } from '../common/faults.ts';
import { isLawfulNumber, sexOfNumber } from '../common/resident-number.ts';
import {
  asObject,
  createServer,
  listen,
  requireKey,
  type StandIn,
  sameOrigin,
  sendPage,
  textOf,
} from '../common/server.ts';
import { shanghaiIso } from '../common/time.ts';
import type { DemoReferral } from '../config.ts';
import { answerCivilFiles, openCivilFolder } from './civil-files.ts';
import { benefitPage } from './page.ts';
import { type Application, type Matter, Store } from './store.ts';

interface BenefitOptions {
  /** 0 takes a free port */
  port: number;
  /** folder of the kept store (`benefit.jsonl`) */
  dataDir: string;
  key: string;
  now?: () => Date;
  /** seconds after which it decides by itself; 0: only by hand */
  decidesAfter?: number;
  /** folder of the monthly files for civil affairs */
  civilFiles?: string | undefined;
  home?: string;
  /** referrals that were made before this system was there */
  inHand?: readonly DemoReferral[];
}

const PAGE = 50;
/** How often it looks for files; a person may see one lie there first. */
const LOOK_MS = 30_000;
const REASONS = { benefit: '缴费不满一年', livingAllowance: '家庭收入高于最低生活保障标准' } as const;

/** Starts the stand-in of the benefit system and of civil affairs: takes applications, decides, tells whoever asks. */
export async function startBenefit(options: BenefitOptions): Promise<StandIn> {
  const { dataDir, key, decidesAfter = 0, civilFiles, home, inHand = [], now = () => new Date() } = options;
  const store = await Store.open(join(dataDir, 'benefit.jsonl'));
  // Every other one is found in the files here and answered; the rest stays to be asked after.
  for (const [n, { at, ...one }] of inHand.entries())
    if (n % 2 === 0 && !store.byKey(one.key)) await store.take({ matter: 'livingAllowance', ...one }, new Date(at));
  const faults = new Faults();
  const server = createServer();
  const timer = setInterval(() => {
    for (const one of decidesAfter > 0 ? store.applications.values() : []) {
      if (one.state === 'waiting' && now().getTime() - new Date(one.at).getTime() >= decidesAfter * 1000)
        decide(store, one, byItself(one), now()).catch((error: unknown) => console.error(error));
    }
  }, 1000);
  if (civilFiles) await openCivilFolder(civilFiles);
  const filesTimer = setInterval(() => {
    if (civilFiles)
      answerCivilFiles(civilFiles, store, (one) => decide(store, one, byItself(one), now()), now()).catch(
        (error: unknown) => console.error(error),
      );
  }, LOOK_MS);
  server.addHook('onClose', async () => {
    clearInterval(timer);
    clearInterval(filesTimer);
    await store.close();
  });
  server.addHook('preHandler', async (request, reply) => {
    if (request.method !== 'GET' && !request.url.startsWith('/v1/') && !sameOrigin(request))
      return reply.code(403).send({ error: { code: 'origin', message: '只接受本页提交' } });
    return undefined;
  });
  registerInterfaces(server, { store, faults, key, now });
  registerPage(server, { store, faults, home, now });
  return listen(server, options.port);
}

interface Deps {
  store: Store;
  faults: Faults;
  now: () => Date;
}

function registerInterfaces(server: FastifyInstance, { store, faults, key, now }: Deps & { key: string }): void {
  const guarded = { preHandler: [requireKey(key), faults.before] };
  server.post('/v1/applications', guarded, async (request, reply) => {
    const body = asObject(request.body);
    const person = asObject(body.person);
    const registration = asObject(body.registration);
    const matter: Matter = body.matter === 'livingAllowance' ? 'livingAllowance' : 'benefit';
    const [ourKey, name, idNumber] = [textOf(body, 'key'), textOf(person, 'name'), textOf(person, 'idNumber')];
    const division = textOf(registration, 'division');
    const wrong =
      ourKey === ''
        ? '缺少申请标识'
        : name === '' || !isLawfulNumber(idNumber)
          ? '姓名或身份证件号码不对'
          : !/^\d{6}$/.test(division)
            ? '缺少登记地区划'
            : matter === 'livingAllowance' && !asObject(body.consent).on
              ? '缺少本人同意'
              : '';
    if (wrong) return reply.code(422).send({ error: { code: 'application', message: wrong } });
    const known = store.byKey(ourKey);
    const application =
      known ??
      (await store.take(
        { matter, key: ourKey, name, idNumber, division, registration: textOf(registration, 'number') },
        now(),
      ));
    return faults.answer(reply, { number: application.number, receivedAt: application.at });
  });
  server.get('/v1/notices', guarded, async (request, reply) => {
    const query = asObject(request.query);
    const matter: Matter = textOf(query, 'matter') === 'livingAllowance' ? 'livingAllowance' : 'benefit';
    const after = Number(textOf(query, 'after') || 0);
    if (!Number.isInteger(after) || after < 0)
      return reply.code(422).send({ error: { code: 'after', message: '位置不对' } });
    const { page, more } = store.noticesAfter(matter, after, PAGE);
    const notices = faults.happens('repeatRate') ? page.flatMap((one) => [one, one]) : page;
    return faults.answer(reply, { notices, next: page.at(-1)?.position ?? String(after), more });
  });
  server.post('/v1/registrations', guarded, async (request, reply) => {
    const body = asObject(request.body);
    const event = textOf(body, 'event') === 'restored' ? '失业登记恢复' : '失业登记退出';
    const known = await store.tell(textOf(body, 'number'), textOf(body, 'key'), `${textOf(body, 'on')} ${event}`);
    if (!known) return reply.code(422).send({ error: { code: 'number', message: '没有这个编号' } });
    return faults.answer(reply, {});
  });
}

function registerPage(server: FastifyInstance, deps: Deps & { home: string | undefined }): void {
  const { store, faults, now, home } = deps;
  const show = (said = '') =>
    benefitPage({ applications: [...store.applications.values()].reverse(), faults: faults.settings, home, said });
  server.get('/', async (_request, reply) => sendPage(reply, show()));
  server.get('/control/applications', async () => [...store.applications.values()]);
  server.get('/control/faults', async () => faults.settings);
  server.post('/control/faults', async (request, reply) => {
    const wrong = faults.change(asObject(request.body));
    return wrong ? reply.code(400).send({ error: { code: wrong, message: `${wrong} 的值不正确` } }) : faults.settings;
  });
  server.post('/faults', async (request, reply) => {
    faults.change(asObject(request.body));
    return reply.redirect('/#faults', 303);
  });
  server.post('/decide', async (request, reply) => {
    const body = asObject(request.body);
    const one = store.applications.get(textOf(body, 'number'));
    const as = textOf(body, 'as');
    const reason = textOf(body, 'reason').trim();
    if (one && (as === 'accepted' || as === 'refused' || as === 'stopped'))
      await decide(store, one, { as, ...(reason ? { reason } : {}) }, now());
    return reply.redirect('/', 303);
  });
  server.post('/apply', async (request, reply) => {
    const body = asObject(request.body);
    const idNumber = textOf(body, 'idNumber').normalize('NFKC').trim().toUpperCase();
    const name = textOf(body, 'name').trim();
    const division = textOf(body, 'division').trim();
    if (name === '' || !isLawfulNumber(idNumber) || !/^\d{6}$/.test(division))
      return sendPage(reply.code(422), show('没有提交：姓名、身份证件号码或区划代码不对。'));
    const one = await store.take({ matter: 'benefit', name, idNumber, division }, now());
    await store.notify(one, 'applied', annexOf(one, textOf(body, 'mobile').trim(), now()), '');
    return reply.redirect('/', 303);
  });
}

/** What it decides when nobody does: by the number, so that a person's outcome stays the same. */
function byItself(one: Application): { as: 'accepted' | 'refused' } {
  return { as: /[0-6]$/.test(one.idNumber.slice(0, 17)) ? 'accepted' : 'refused' };
}

async function decide(
  store: Store,
  one: Application,
  { as, reason = '' }: { as: 'accepted' | 'refused' | 'stopped'; reason?: string },
  now: Date,
): Promise<void> {
  const today = shanghaiIso(now).slice(0, 10);
  if (as === 'refused' && one.state === 'waiting') {
    const said = reason || REASONS[one.matter];
    await store.notify(one, 'refused', { reason: said }, said);
  } else if (as === 'stopped' && one.state === 'accepted') {
    const said = reason || '已重新就业';
    await store.notify(one, 'stopped', { on: today, reason: said }, `${today}起停发：${said}`);
  } else if (as === 'accepted' && one.state !== 'accepted' && one.state !== 'stopped') {
    const money = one.matter === 'benefit' ? { months: 12, monthlyFen: 152_000 } : {};
    const text = one.matter === 'benefit' ? '12个月，每月1520元' : '已纳入';
    await store.notify(one, 'accepted', { ...money, from: today, text: '' }, text);
  }
}

/** Annex 1 as this office took it, with the commitment signed here; what the page does not ask is invented. */
function annexOf(one: Application, mobile: string, now: Date): Record<string, unknown> {
  const at = shanghaiIso(now);
  const address = { division: one.division, detail: '和平路8号院' };
  return {
    division: one.division,
    submittedAt: at,
    form: {
      name: one.name,
      sex: sexOfNumber(one.idNumber) ?? '1',
      ethnic: '01',
      education: '60',
      health: '1',
      unemployedMonth: at.slice(0, 7),
      documentType: '01',
      documentNumber: one.idNumber,
      idNumber: one.idNumber,
      household: address,
      residence: address,
      mobile: mobile || '15400000199',
      registrationPlace: 'residence',
      placeDivision: one.division,
      reason: '2',
      wantsBenefit: true,
    },
    commitment: {
      version: '2020-79-1',
      read: true,
      signature: { path: 'M 60 120 C 90 60 120 60 150 120 L 210 80 L 260 130', signedAt: new Date(now).toISOString() },
    },
  };
}
