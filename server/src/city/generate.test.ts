import { createHash } from 'node:crypto';
import { divisionExists, statisticsOnly } from '@yingdeng/contract/divisions.ts';
import { checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { addWorkingDays, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import { isGround, reachesAgeOn } from '@yingdeng/rules/eligibility.ts';
import { type ExitProposal, type ExitState, nextExit, proposeExit } from '@yingdeng/rules/exit.ts';
import { parseIdentityNumber, personKeyForm } from '@yingdeng/rules/identity-number.ts';
import { isRefusal } from '@yingdeng/rules/refusal.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { Days } from './days.ts';
import { CityLaw } from './deadlines.ts';
import { formOf } from './form.ts';
import { prepareCity } from './generate.ts';
import type { CityEpisode, CityHistory } from './model.ts';
import { cityPlaces } from './places.ts';
import { Random } from './random.ts';

const asOf = '2026-11-20';
const draw = (division: string, people: number, seed: number) => {
  const city = prepareCity({ division, people, seed, asOf }, new CityLaw().deadlines);
  return { histories: [...city.histories()], strangers: city.strangers };
};
const digest = (histories: CityHistory[]) => createHash('sha256').update(JSON.stringify(histories)).digest('hex');

let jiaozuo: CityHistory[];
let anshan: CityHistory[];
let everybody: CityHistory[];
let episodes: { history: CityHistory; episode: CityEpisode }[];

beforeAll(() => {
  jiaozuo = draw('410800', 12_000, 7).histories;
  anshan = draw('210300', 6_000, 7).histories;
  everybody = [...jiaozuo, ...anshan];
  episodes = everybody.flatMap((history) => history.episodes.map((episode) => ({ history, episode })));
});

describe('determinism', () => {
  it('draws the same city from the same seed and another from another', () => {
    const again = draw('410800', 500, 7);
    expect(digest(again.histories)).toBe(digest(draw('410800', 500, 7).histories));
    expect(digest(again.histories)).not.toBe(digest(draw('410800', 500, 8).histories));
    // A larger city begins with the people of the smaller one.
    expect(digest(jiaozuo.slice(0, 500))).toBe(digest(again.histories));
  });

  it('keeps its random numbers on every machine', () => {
    const random = new Random(7, 4108, 0);
    expect([random.next(), random.next(), random.next()]).toEqual(firstNumbers);
  });
});

describe('people', () => {
  it('have lawful identity numbers that agree with sex and birth date', () => {
    for (const { person } of everybody) {
      const parsed = parseIdentityNumber(person.idNumber, asOf);
      expect(parsed.faults, person.idNumber).toEqual([]);
      expect(parsed.warnings, person.idNumber).toEqual([]);
      expect(parsed.kind).not.toBe('invalid');
      if (parsed.kind === 'letter') continue;
      expect(parsed.sex, person.idNumber).toBe(person.sex);
      expect(parsed.birthDate, person.idNumber).toBe(person.birthDate);
    }
  });

  it('never share a number, within a city or between two of the same seed', () => {
    const forms = everybody.map(({ person }) => personKeyForm(person.idNumber));
    expect(new Set(forms).size).toBe(forms.length);
    const mobiles = jiaozuo.map(({ person }) => person.mobile);
    expect(new Set(mobiles).size).toBe(mobiles.length);
  });

  it('come with 15 digits, from elsewhere, from Hong Kong, with rare characters and a middle dot, in small numbers', () => {
    const count = (test: (history: CityHistory) => boolean) => everybody.filter(test).length;
    expect(count(({ person }) => person.idNumber.length === 15)).toBeGreaterThan(3);
    expect(count(({ person }) => /^8[123]0000/.test(person.idNumber))).toBeGreaterThan(3);
    expect(count(({ person }) => person.name.includes('·'))).toBeGreaterThan(3);
    expect(count(({ person }) => /[𠮷䶮㛃]/u.test(person.name))).toBeGreaterThan(1);
    expect(count(({ person }) => !divisionExists(person.idNumber.slice(0, 6)))).toBeGreaterThan(50);
    expect(jiaozuo.filter(({ person }) => person.idNumber.startsWith('4108')).length / jiaozuo.length).toBeGreaterThan(
      0.85,
    );
  });

  it('have telephones of a prefix that no operator has, and live in counties that exist', () => {
    for (const { person } of everybody) {
      expect(person.mobile).toMatch(/^154\d{8}$/);
      expect(divisionExists(person.household.division)).toBe(true);
      expect(divisionExists(person.residence.division)).toBe(true);
      expect(statisticsOnly.has(person.residence.division)).toBe(false);
      expect(person.health >= '60').toBe(person.disability !== undefined);
    }
  });
});

describe('histories', () => {
  it('stand about a third active, with fresh applications around the last day and few overdue', () => {
    const share = (situation: CityHistory['situation']) =>
      everybody.filter((h) => h.situation === situation).length / everybody.length;
    expect(share('active')).toBeGreaterThan(0.24);
    expect(share('active')).toBeLessThan(0.36);
    const open = episodes
      .filter(({ episode }) => episode.application.status === 'submitted')
      .map(({ episode }) => episode.application);
    const overdue = open.filter((application) => application.dueOn < asOf).length;
    expect(open.length).toBeGreaterThan(150);
    expect(open.filter((application) => application.dueOn === asOf).length).toBeGreaterThan(15);
    expect(overdue).toBeGreaterThan(0);
    expect(overdue / open.length).toBeLessThan(0.08);
    expect(everybody.filter((h) => h.situation === 'exitPending').length).toBeGreaterThan(20);
  });

  it('M79-3a: keep the two due dates of the calendar, and miss them seldom', () => {
    let late = 0;
    let decided = 0;
    for (const { episode } of episodes) {
      const { application, registration } = episode;
      expect(application.dueOn).toBe(addWorkingDays(application.submittedOn, 3, shippedCalendar));
      if (application.decidedAt) {
        decided += 1;
        if (application.decidedAt.slice(0, 10) > application.dueOn) late += 1;
        expect(application.decidedAt > application.submittedAt).toBe(true);
      }
      if (!registration) continue;
      expect(registration.firstContactDue).toBe(addWorkingDays(registration.registeredOn, 5, shippedCalendar));
    }
    expect(late).toBeGreaterThan(0);
    expect(late / decided).toBeLessThan(0.03);
  });

  it('never have two things at once, and everything in its order', () => {
    for (const { situation, episodes: all } of everybody) {
      const lives = all.filter((episode) => episode.registration);
      expect(lives.filter((episode) => episode.registration?.status !== 'exited').length).toBe(
        situation === 'active' || situation === 'exitPending' ? 1 : 0,
      );
      expect(all.filter((episode) => episode.application.status === 'submitted').length).toBe(
        situation === 'open' ? 1 : 0,
      );
      for (const [i, episode] of lives.entries()) {
        const before = lives[i - 1]?.registration?.exit;
        if (i > 0) expect((before?.confirmedAt ?? '9') < episode.application.submittedAt).toBe(true);
        const { registeredOn, exit, contacts } = episode.registration!;
        expect(registeredOn <= asOf).toBe(true);
        for (const contact of contacts) {
          expect(contact.at.slice(0, 10) > registeredOn && contact.at.slice(0, 10) <= asOf).toBe(true);
          if (exit) expect(contact.at.slice(0, 10) < exit.exitOn).toBe(true);
        }
        if (exit)
          expect(exit.exitOn > registeredOn && exit.exitOn <= (exit.handledOn ?? exit.proposedAt.slice(0, 10))).toBe(
            true,
          );
        if (exit?.confirmedAt) expect(exit.confirmedAt > exit.proposedAt && exit.handledOn! <= asOf).toBe(true);
      }
    }
  });

  it('A21-1a: nobody under sixteen applies; every refusal stands on a permitted ground', () => {
    for (const { history, episode } of episodes) {
      expect(reachesAgeOn(history.person.birthDate, 16) <= episode.application.submittedOn).toBe(true);
      expect(episode.application.status === 'refused').toBe(isGround(episode.application.ground));
    }
  });

  it('A21-8a, A21-2c: every form is one that a submission would accept', () => {
    const law = new CityLaw();
    for (const { history, episode } of episodes) {
      const { application } = episode;
      const form = formOf(new Random(1, history.person.index), history.person, application);
      const policy = law.policy(application.division, application.submittedOn);
      const { faults } = checkApplicationForm(form, { today: application.submittedOn, policy });
      expect(faults, JSON.stringify(form)).toEqual([]);
      expect(normaliseForm(form)).toEqual(form);
    }
  });

  it('A21-5d, M79-4b: every exit has what its reason asks for, and a comparison asked the worker first', () => {
    const law = new CityLaw();
    for (const { episode } of episodes) {
      const exit = episode.registration?.exit;
      if (!exit) continue;
      const policy = law.policy(episode.application.division, exit.exitOn);
      const [, monthly, standard] = /月收入(\d+)元，当地最低生活保障标准(\d+)元/.exec(exit.evidence[0]!.text) ?? [];
      const proposal: ExitProposal = {
        ...exit,
        text: exit.remark,
        proposedBy: '1',
        evidence: exit.evidence.map(({ kind, date, text }) => ({ kind, date, source: text })),
        ...(monthly ? { income: { monthly: Number(monthly), standard: Number(standard), standardOf: '' } } : {}),
      };
      const context = {
        registeredOn: episode.registration!.registeredOn,
        today: asOf,
        policy,
        calendar: shippedCalendar,
      };
      expect(isRefusal(proposeExit(proposal, context)), JSON.stringify(exit)).toBe(false);
      if (exit.status !== 'confirmed') continue;
      const state: ExitState = { status: 'proposed', answer: exit.answeredAt ? 'agrees' : undefined };
      const next = nextExit(state, 'confirm', { proposal, context, by: '2' });
      expect(next, JSON.stringify(exit)).toMatchObject({ status: 'confirmed' });
    }
  });

  it('M79-4c: nobody left by 31 or 32; reasons that merge situations say which', () => {
    const exits = episodes.flatMap(({ history, episode }) =>
      episode.registration?.exit ? [{ history, exit: episode.registration.exit }] : [],
    );
    for (const { history, exit } of exits) {
      expect(['11', '12', '13', '14', '21', '23', '24', '25', '26', '90']).toContain(exit.reason);
      expect(exit.reason === '12' || exit.reason === '24').toBe(exit.subReason !== undefined);
      if (exit.reason === '21') expect(reachesAgeOn(history.person.birthDate, 49) <= exit.exitOn).toBe(true);
    }
    expect(new Set(exits.map(({ exit }) => exit.reason)).size).toBeGreaterThan(7);
  });

  it('M79-4a: most months of a registration are covered by one contact', () => {
    const full = everybody
      .flatMap(({ episodes: all }) => all)
      .filter((e) => e.registration?.status === 'active' && e.registration.registeredOn < '2026-05-01');
    const covered = full.filter((e) => e.registration!.contacts.some((c) => c.reached && c.at.startsWith('2026-09')));
    expect(covered.length / full.length).toBeGreaterThan(0.9);
    for (const episode of full) {
      const months = episode
        .registration!.contacts.filter((c) => c.purpose === 'followUp')
        .map((c) => c.at.slice(0, 7));
      expect(new Set(months).size).toBe(months.length);
    }
  });
});

describe('strangers', () => {
  it('never applied: a grown-up, somebody of fifteen, a resident of Hong Kong', () => {
    const { strangers, histories } = draw('410800', 50, 7);
    const numbers = new Set(histories.map(({ person }) => person.idNumber));
    for (const person of Object.values(strangers)) expect(numbers.has(person.idNumber)).toBe(false);
    expect(reachesAgeOn(strangers.minor.birthDate, 16) > asOf).toBe(true);
    expect(reachesAgeOn(strangers.adult.birthDate, 25) <= asOf).toBe(true);
    expect(strangers.hongKong).toMatchObject({ documentType: '17', hmtPreviouslyEmployed: true });
    expect(strangers.hongKong.idNumber).toMatch(/^810000/);
    expect(draw('410800', 1, 7).strangers).toEqual(strangers);
  });
});

describe('Days', () => {
  it('agrees with the calendar on every day', () => {
    const days = new Days('2026-01-01', '2026-12-31', shippedCalendar);
    for (let day = 0; day < 340; day += 1) {
      for (const count of [1, 3, 5]) {
        expect(days.date(days.addWorking(day, count))).toBe(addWorkingDays(days.date(day), count, shippedCalendar));
      }
      expect(days.number(days.date(day))).toBe(day);
    }
    expect(() => days.addWorking(364, 1)).toThrow(RangeError);
  });
});

describe('the end of the calendar', () => {
  it('is an error before anybody is drawn, never a guess', () => {
    const city = (day: string) =>
      prepareCity({ division: '410800', people: 400, seed: 7, asOf: day }, new CityLaw().deadlines);
    expect([...city('2026-12-13').histories()]).toHaveLength(400);
    expect(() => city('2026-12-14')).toThrow('日历未维护');
  });
});

describe('places', () => {
  it('takes prefectures with counties only, without development zones', () => {
    expect(cityPlaces('410800').counties.map((county) => county.code)).not.toContain('410871');
    expect(cityPlaces('410800').counties).toHaveLength(10);
    for (const code of ['410802', '410000', '999900', '441900']) expect(() => cityPlaces(code)).toThrow(code);
  });
});

const firstNumbers = [2004132963, 3012496187, 3476070774];
