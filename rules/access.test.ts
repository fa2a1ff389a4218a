import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Action,
  actions,
  can,
  divisionRange,
  hasAction,
  inRange,
  nation,
  type Role,
  roles,
  whyNot,
} from './access.ts';

/** An oracle written the other way round, action by action, from the job descriptions of the office; it does not read the table. */
const whoMay: Record<Action, string> = {
  'application.submit': 'worker system',
  'application.enter': 'clerk fieldWorker',
  'application.read': 'worker clerk fieldWorker supervisor exchangeOfficer system',
  'application.withdraw': 'worker',
  'application.check': 'clerk system',
  'application.decide': 'clerk',
  'application.handOver': 'clerk supervisor',
  'application.close': 'clerk system',
  'registration.read': 'worker clerk fieldWorker supervisor statistician exchangeOfficer system',
  'registration.correct': 'worker clerk',
  'registration.transfer': 'clerk',
  'registration.certificate': 'worker clerk',
  'contact.record': 'worker clerk fieldWorker system',
  'contact.read': 'worker clerk fieldWorker supervisor',
  'vacancy.read': 'clerk fieldWorker supervisor',
  'vacancy.manage': 'clerk',
  'referral.read': 'worker clerk fieldWorker supervisor',
  'referral.record': 'worker clerk fieldWorker',
  'service.record': 'worker clerk fieldWorker',
  'service.read': 'worker clerk fieldWorker supervisor',
  'plan.manage': 'clerk',
  'difficulty.apply': 'worker clerk fieldWorker system',
  'difficulty.decide': 'clerk',
  'matter.read': 'worker clerk fieldWorker supervisor',
  'matter.ask': 'worker clerk fieldWorker system',
  'matter.settle': 'clerk system',
  'served.read': 'clerk fieldWorker supervisor statistician',
  'served.manage': 'clerk system',
  'credit.read': 'clerk supervisor',
  'credit.propose': 'clerk',
  'credit.decide': 'supervisor',
  'training.read': 'clerk fieldWorker supervisor',
  'training.manage': 'clerk',
  'support.accept': 'clerk fieldWorker',
  'support.settle': 'clerk',
  'post.read': 'clerk fieldWorker supervisor',
  'post.manage': 'clerk',
  'post.check': 'clerk fieldWorker',
  'exit.propose': 'worker clerk fieldWorker system',
  'exit.confirm': 'clerk',
  'exit.review': 'supervisor',
  'exit.reject': 'clerk supervisor',
  'exit.restore': 'supervisor',
  'person.search': 'clerk fieldWorker supervisor exchangeOfficer',
  'person.reveal': 'clerk supervisor',
  'message.read': 'worker clerk supervisor',
  'exchange.read': 'supervisor statistician exchangeOfficer auditor system',
  'exchange.send': 'exchangeOfficer system',
  'exchange.mend': 'clerk exchangeOfficer',
  'progress.enquire': 'worker clerk fieldWorker supervisor hotline system',
  'objection.submit': 'worker',
  'objection.answer': 'supervisor',
  'work.take': 'clerk fieldWorker',
  'work.assign': 'supervisor',
  'supervision.read': 'supervisor auditor',
  'situation.read': 'supervisor statistician auditor administrator',
  'statistics.read': 'supervisor statistician auditor',
  'statistics.prepare': 'statistician system',
  'statistics.approve': 'supervisor',
  'audit.read': 'worker auditor',
  'account.manage': 'administrator',
  'organisation.manage': 'administrator',
  'provision.manage': 'administrator',
  'calendar.manage': 'administrator',
  'list.read':
    'worker clerk fieldWorker supervisor statistician exchangeOfficer hotline surveyor auditor administrator system',
  'list.manage': 'administrator',
  'list.approve': 'supervisor administrator',
  'template.manage': 'administrator',
};

/** A division contains another when its digits, without the trailing zero pairs, begin the other's. No text order involved. */
function contains(above: string, below: string): boolean {
  const pairs = above.length === 6 ? above.replace(/(00)+$/, '') : above;
  return below.startsWith(pairs);
}

function oracle(
  role: Role,
  action: Action,
  above: string | undefined,
  below: string | undefined,
  own: boolean,
): boolean {
  if (!whoMay[action].split(' ').includes(role)) return false;
  if (action === 'list.read' || action === 'calendar.manage' || role === 'system') return true;
  if (role === 'worker') return own;
  return above !== undefined && below !== undefined && contains(above, below);
}

const two = fc.integer({ min: 1, max: 98 }).map((n) => String(n).padStart(2, '0'));
const three = fc.integer({ min: 1, max: 998 }).map((n) => String(n).padStart(3, '0'));
const province = fc.constantFrom('11', '21', '41', '65', '82');
// Few cities and counties, so that hits inside the range are common.
const city = fc.oneof(fc.constantFrom('03', '08'), two);
const county = fc.oneof(fc.constantFrom('02', '11', '81'), two);
const office = fc.oneof(
  fc.constant('000000'),
  province.map((p) => `${p}0000`),
  fc.tuple(province, city).map(([p, c]) => `${p}${c}00`),
  fc.tuple(province, city, county).map((parts) => parts.join('')),
  fc.tuple(province, city, county, three).map((parts) => parts.join('')),
);
const place = fc.oneof(
  fc.tuple(province, city, county).map((parts) => parts.join('')),
  fc.tuple(province, city, county, three).map((parts) => parts.join('')),
  fc.tuple(province, city, county, three, three).map((parts) => parts.join('')),
);

describe('access: role × action × scope', () => {
  it('agrees with an independent oracle over random roles, actions, offices and places', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...roles),
        fc.constantFrom(...actions),
        fc.option(office, { nil: undefined }),
        fc.option(place, { nil: undefined }),
        fc.boolean(),
        (role, action, above, below, ownCase) => {
          const scope = {
            actorRange: above === undefined ? undefined : divisionRange(above),
            division: below,
            ownCase,
          };
          expect(can(role, action, scope)).toBe(oracle(role, action, above, below, ownCase));
          expect(whyNot(role, action, scope) === null).toBe(can(role, action, scope));
        },
      ),
      { numRuns: 3000 },
    );
  });

  it('every role × action pair is in the oracle, none is granted silently', () => {
    for (const role of roles)
      for (const action of actions)
        expect(hasAction(role, action), `${role} ${action}`).toBe(whoMay[action].split(' ').includes(role));
  });

  it('M79-2f: no member of staff can withdraw an application in place of refusing it', () => {
    for (const role of roles.filter((one) => one !== 'worker'))
      expect(hasAction(role, 'application.withdraw')).toBe(false);
  });

  it('M79-4c: nobody both confirms and reviews exits', () => {
    for (const role of roles) expect(hasAction(role, 'exit.confirm') && hasAction(role, 'exit.review')).toBe(false);
  });

  it('fails closed when the scope says nothing', () => {
    expect(can('clerk', 'application.decide', {})).toBe(false);
    expect(can('clerk', 'application.decide', { actorRange: divisionRange('410800') })).toBe(false);
    expect(can('worker', 'application.read', { actorRange: nation, division: '410802' })).toBe(false);
  });

  it('says in Chinese why not', () => {
    expect(whyNot('hotline', 'application.decide', {})).toContain('热线人员没有“办结失业登记申请”的权限');
    expect(
      whyNot('clerk', 'application.decide', { actorRange: divisionRange('410802'), division: '410803' }),
    ).toContain('管辖区划');
    expect(whyNot('worker', 'registration.read', { ownCase: false })).toContain('本人');
  });
});

describe('divisionRange', () => {
  it.each([
    ['410000', '410000', '420000'],
    ['410800', '410800', '410900'],
    ['410802', '410802', '410803'],
    ['419900', '419900', '420000'],
    ['410802001', '410802001', '410802002'],
    ['410802001000', '410802001', '410802002'],
    ['410802001005', '410802001005', '410802001006'],
    ['410802000', '410802', '410803'],
    ['000000', '000000', '999999'],
    ['990000', '990000', '999999'],
  ])('%s is %s up to %s', (code, lo, hi) => {
    expect(divisionRange(code)).toEqual({ lo, hi });
  });

  it('a county holds its streets and communities, and a street does not hold its county', () => {
    expect(inRange('410802001005', divisionRange('410802'))).toBe(true);
    expect(inRange('410802', divisionRange('410802001'))).toBe(false);
  });

  it.each(['', '41', '4108', '41080a', '4108020', '４１０８００'])('refuses %j', (code) => {
    expect(() => divisionRange(code)).toThrow(RangeError);
  });
});
