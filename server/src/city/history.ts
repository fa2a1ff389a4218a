import { formReasons } from '@yingdeng/contract/code-tables.ts';
import { type Chronicle, officeSecond } from './chronicle.ts';
import { contactsOf } from './contacts.ts';
import type { Days } from './days.ts';
import { chooseExit } from './exits.ts';
import type { CityApplication, CityEpisode, CityExit, CityHistory, CityRegistration, Situation } from './model.ts';
import type { CityPerson } from './people.ts';
import { type CityPlaces, communityOf, hasCommunity } from './places.ts';
import { Random, weights } from './random.ts';

/** How the people of the register stand today. */
const situations = weights<Situation>(
  ['active', 29],
  ['exitPending', 0.8],
  ['open', 1.6],
  ['exited', 63],
  ['refused', 2.2],
  ['withdrawn', 3.4],
);
const channels = weights<CityApplication['channel']>(['portal', 36], ['counter', 38], ['platform', 19], ['benefit', 7]);
/** Boxes of the form for the young and for the others. */
const boxesYoung = weights([1, 46], [5, 26], [2, 16], [9, 5], [3, 2], [7, 2], [11, 1], [13, 2]);
const boxes = weights(
  [5, 33],
  [2, 31],
  [9, 9],
  [7, 7],
  [3, 6],
  [6, 4],
  [10, 3],
  [8, 2],
  [4, 1.5],
  [12, 0.7],
  [11, 0.5],
  [13, 2.3],
);
const places = weights<CityApplication['place']>(
  ['residence', 58],
  ['household', 30],
  ['employment', 7],
  ['insurance', 5],
);
const decisionDays = weights([0, 22], [1, 38], [2, 27], [3, 13]);

/** Days of history before the end: four years. */
export const HISTORY_DAYS = 1461;
/** Two weeks after the sixteenth birthday: an office that is closed may move the day of application back. */
const SIXTEEN_YEARS = 5845 + 14;

/** Writes the history of one person: the situation today, and how it came to it. */
export function historyOf(chronicle: Chronicle, person: CityPerson): CityHistory {
  const random = new Random(chronicle.seed, 2, person.index);
  const { days, today } = chronicle;
  // Nobody under sixteen applies, nothing lies before the four years.
  const earliest = Math.max(days.number(person.birthDate) + SIXTEEN_YEARS, today - HISTORY_DAYS);
  const wished = random.weighted(situations);
  const situation: Situation = earliest > today - 40 ? 'open' : wished;
  const episodes: CityEpisode[] = [];
  if (situation === 'open') {
    episodes.push(openEpisode(chronicle, random, person));
    return { person, situation, episodes };
  }
  if (situation === 'refused' || situation === 'withdrawn') {
    const submitted = random.between(earliest, today - 30);
    episodes.push(closedEpisode(chronicle, random, person, submitted, situation));
    return { person, situation, episodes };
  }
  let submitted: number;
  if (situation === 'exited') {
    const left = today - random.below(Math.min(HISTORY_DAYS - 60, today - earliest - 30));
    submitted = Math.max(earliest, left - 12 - Math.floor(random.exponential(165)));
    episodes.push(registeredEpisode(chronicle, random, person, submitted, left));
  } else {
    submitted = Math.max(
      earliest,
      today - Math.floor(random.exponential(190)) - (situation === 'exitPending' ? 25 : 0),
    );
    episodes.push(registeredEpisode(chronicle, random, person, submitted, undefined, situation === 'exitPending'));
  }
  const before = submitted - 45 - Math.floor(random.exponential(220));
  if (before - 60 > earliest && random.chance(0.3)) {
    const start = Math.max(earliest, before - 20 - Math.floor(random.exponential(150)));
    const earlier = registeredEpisode(chronicle, random, person, start, before);
    // Whoever registers again was neither dead nor drawing a pension: such exits end a history.
    if (earlier.registration?.exit && !['11', '12', '13', '14', '24'].includes(earlier.registration.exit.reason))
      return settle(person, episodes);
    episodes.unshift(earlier);
    if (earlier.registration?.exit?.reason === '14')
      afterPost(days, random, episodes[1]!, earlier.registration.exit, submitted);
  }
  const current = episodes[episodes.length - 1]!;
  if (situation === 'active' && current.registration && submitted < today - 20 && random.chance(0.015)) {
    episodes.push(closedEpisode(chronicle, random, person, today - random.between(8, 18), 'duplicate'));
  }
  return settle(person, episodes);
}

/** Who left a public-welfare post registers for that reason (box 10, AJC093 40), out of work since (A21-4f). */
function afterPost(days: Days, random: Random, next: CityEpisode, exit: CityExit, submitted: number): void {
  exit.leftOn = days.date(submitted - random.between(2, 20));
  next.application.box = 10;
  next.application.wantsBenefit = false;
  next.application.unemployedMonth = exit.leftOn.slice(0, 7);
  for (const { interview } of next.registration?.contacts ?? []) if (interview) interview.reason = formReasons[9]!.text;
}

/** The situation follows from what was written: an application too fresh to be decided is still open. */
function settle(person: CityPerson, episodes: CityEpisode[]): CityHistory {
  const last = episodes.findLast((episode) => episode.application.status !== 'duplicate')!;
  const status = last.registration?.status;
  const situation = status === undefined ? 'open' : status === 'exitProposed' ? 'exitPending' : status;
  return { person, situation, episodes };
}

/** Submitted in the last working days: most within the limit, some due today, a few overdue. */
function openEpisode(chronicle: Chronicle, random: Random, person: CityPerson): CityEpisode {
  const { days, today } = chronicle;
  const back = random.weighted(openBack);
  const submitted = back === 0 ? today : days.addWorking(today, -back);
  return stillOpen(application(chronicle, random, person, submitted));
}
const openBack = weights([0, 24], [1, 28], [2, 26], [3, 19], [4, 2], [5, 1]);

/** Not decided yet. None of these came through the platform: the stand-in would not know the number it is answered under. */
function stillOpen({ application: { channel, ...rest } }: MadeApplication): CityEpisode {
  return { application: { ...rest, channel: channel === 'platform' ? 'portal' : channel } };
}

function closedEpisode(
  chronicle: Chronicle,
  random: Random,
  person: CityPerson,
  submitted: number,
  status: 'refused' | 'withdrawn' | 'duplicate',
): CityEpisode {
  const made = application(chronicle, random, person, submitted);
  made.application.status = status;
  if (status === 'duplicate') made.application.channel = 'platform';
  const decided = decisionOf(chronicle, random, made);
  made.application.decidedAt = chronicle.days.instant(decided.day, decided.second);
  if (status === 'refused') {
    const age = Number(made.application.submittedOn.slice(0, 4)) - Number(person.birthDate.slice(0, 4));
    made.application.ground =
      age >= 51 && random.chance(0.7) ? 'drawingPension' : random.chance(0.75) ? 'employed' : 'inBusiness';
  }
  return { application: made.application };
}

/** An application that was registered, and everything after; open still when the decision would lie ahead of today. */
function registeredEpisode(
  chronicle: Chronicle,
  random: Random,
  person: CityPerson,
  submitted: number,
  left?: number,
  pending = false,
): CityEpisode {
  const { days, today } = chronicle;
  const made = application(chronicle, random, person, submitted);
  const decided = decisionOf(chronicle, random, made);
  if (decided.day > today) return stillOpen(made);
  made.application.status = 'registered';
  made.application.decidedAt = days.instant(decided.day, decided.second);
  const contactDue = days.addWorking(
    decided.day,
    chronicle.deadlines(made.application.division, days.date(decided.day)).firstContact,
  );
  const exit = chooseExit(chronicle, random, person, decided.day, left, pending);
  const lastDay = exit ? Math.min(exit.lastLife, today) : today;
  const registration: CityRegistration = {
    status: exit === undefined ? 'active' : exit.exit.status === 'confirmed' ? 'exited' : 'exitProposed',
    registeredAt: days.instant(decided.day, decided.second),
    registeredOn: days.date(decided.day),
    firstContactDue: days.date(contactDue),
    contacts: contactsOf(chronicle, random, {
      person,
      box: made.application.box,
      registered: decided,
      due: contactDue,
      until: lastDay,
      closed: exit?.exit.status === 'confirmed',
    }),
    exit: exit?.exit,
  };
  return { application: made.application, registration };
}

interface MadeApplication {
  application: CityApplication;
  submitted: number;
  second: number;
  due: number;
}

function application(chronicle: Chronicle, random: Random, person: CityPerson, wished: number): MadeApplication {
  const { days } = chronicle;
  const channel = random.weighted(channels);
  const atOffice = channel === 'counter' || channel === 'benefit';
  const submitted = atOffice ? backToWork(days, wished) : wished;
  const second = atOffice ? officeSecond(random) : Math.min(86_399, random.between(6 * 3600, 23 * 3600));
  const date = days.date(submitted);
  const place = placeOf(random, chronicle.places, person, channel);
  const due = days.addWorking(submitted, chronicle.deadlines(place.division, date).decision);
  const age = (submitted - days.number(person.birthDate)) / 365.25;
  // Out of work for some weeks before applying.
  const since = days.date(Math.max(0, submitted - Math.floor(random.exponential(40))));
  const box = random.weighted(age < 25 ? boxesYoung : boxes);
  return {
    submitted,
    second,
    due,
    application: {
      channel,
      status: 'submitted',
      ...place,
      box,
      wantsBenefit: [2, 3, 4].includes(box) && random.chance(0.6),
      unemployedMonth: since.slice(0, 7),
      submittedOn: date,
      submittedAt: days.instant(submitted, second),
      dueOn: days.date(due),
    },
  };
}

/** Where the person registers: one of the four places, always a county of this city. */
function placeOf(
  random: Random,
  city: CityPlaces,
  person: CityPerson,
  channel: CityApplication['channel'],
): Pick<CityApplication, 'place' | 'division' | 'office'> {
  const wished = random.weighted(places);
  const away = wished === 'household' && !person.household.division.startsWith(city.tenant);
  const place = away ? 'residence' : wished;
  const address = place === 'household' ? person.household : person.residence;
  const division =
    place === 'household' || place === 'residence' ? address.division : random.weighted(city.byPopulation).code;
  // What comes over the counter mostly comes over the street's; the county receives the rest and hands some on.
  const toStreet = random.chance(channel === 'counter' ? 0.8 : 0.35);
  const street = division === address.division && toStreet ? address.township : undefined;
  if (!street) return { place, division, office: division };
  // Of what comes over a street's counter, a quarter comes over that of its community.
  const atCommunity = channel === 'counter' && hasCommunity(street.name) && person.index % 4 === 0;
  return { place, division, office: atCommunity ? communityOf(street.code) : street.code };
}

/** The working moment of the decision: nearly always within the limit, one in seventy some days late. */
function decisionOf(chronicle: Chronicle, random: Random, made: MadeApplication): { day: number; second: number } {
  const { days } = chronicle;
  const wished = random.weighted(decisionDays);
  const late = random.chance(0.014);
  let day =
    wished === 0 && days.isWorking(made.submitted)
      ? made.submitted
      : days.addWorking(made.submitted, Math.max(1, wished));
  if (late) day = days.addWorking(made.due, random.between(1, 3));
  else if (day > made.due) day = made.due;
  let second = officeSecond(random);
  if (day === made.submitted && second <= made.second) {
    // Decided on the spot, or the next morning when the office has closed.
    if (made.second < 16 * 3600) second = Math.max(made.second, 30_600) + random.between(600, 3600);
    else day = days.addWorking(day, 1);
  }
  return { day, second };
}

function backToWork(days: Days, day: number): number {
  return days.isWorking(day) ? day : days.addWorking(day, 0);
}
