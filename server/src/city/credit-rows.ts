import { addDays, addWorkingDays, daysBetween, type PlainDate, shippedCalendar } from '@yingdeng/rules/calendar.ts';
import {
  answerDue,
  type CreditCause,
  type CreditFacts,
  type CreditState,
  creditCauses,
  creditExpires,
  creditLevel,
  creditLevels,
} from '@yingdeng/rules/credit.ts';
import type { CreditLimits } from '@yingdeng/rules/provisions/parameters.ts';
import { noted, type OnRegistration, officeTime } from './noted.ts';
import { Random, weights } from './random.ts';
import { accountId, basisOf, type PersonRows } from './row-context.ts';
import type { CityAccount } from './staff.ts';

const causes = weights<CreditCause>(['falseForm', 40], ['fraud', 32], ['overclaim', 28]);
const evidence: Readonly<Record<CreditCause, readonly string[]>> = {
  falseForm: ['登记表填写的学历与教育部门信息不符，电话核实属实', '登记表填写的失业时间与本人后来说明不符'],
  fraud: ['用虚假的解除劳动关系时间申领失业保险金，单位书面说明', '社会保险信息与申领时所填不符，已向单位核实'],
  overclaim: ['已重新就业仍继续领取，社会保险参保信息证实', '已领取养老金仍继续领取补贴，待遇发放信息证实'],
};
const objections: Readonly<Record<CreditCause, readonly string[]>> = {
  falseForm: ['学历是后来才取得的，当时没有填错', '失业时间我记得没错，是单位报晚了'],
  fraud: ['单位的说明与事实不符，我有离职通知', '解除的日子是单位通知我的'],
  overclaim: ['金额算错了，我只领了两个月', '上班当月我就打电话说过'],
};
const answers: Readonly<Record<'fraud' | 'overclaim', string>> = {
  fraud: '日期是照单位给我的通知填的',
  overclaim: '我不知道要报告，正在筹钱退回',
};
/** How a notice stands; and what became of a record after it held. */
const notices = weights<'waiting' | 'answered' | 'passed'>(['waiting', 40], ['answered', 35], ['passed', 25]);
type Course = 'holds' | 'dropped' | 'objected' | 'upheld' | 'revoked' | 'repaired';
const courses = weights<Course>(
  ['holds', 34],
  ['dropped', 14],
  ['objected', 16],
  ['upheld', 10],
  ['revoked', 12],
  ['repaired', 14],
);

/** One in a hundred and twenty registrations; the level follows from the facts by the provision. */
const SHARE = 1 / 120;

/** Everything of a record that its course decides. */
interface Drawn {
  state: CreditState;
  answer: string;
  decided?: { on: PlainDate; by: CityAccount; text: string };
  expiresOn?: PlainDate;
  objection: string;
  objectedOn?: PlainDate;
  objectionAnswer: string;
  repair: string;
  endedOn?: PlainDate;
  version: number;
}

/**
 * What false information led to (A21-5c, A21-8a): internal notes that hold at once, records and entries of the serious list noticed, answered,
 * decided by a second person, objected to, revoked, repaired or run out. The registration is never touched (M79-2). A sequence of its own.
 */
export function creditRows(rows: PersonRows, on: OnRegistration): void {
  const { context, personId, add, history } = rows;
  const { asOf, tenant } = context;
  const random = new Random(
    context.seed,
    34,
    history.person.index,
    Number(on.registration.registeredOn.replaceAll('-', '')),
  );
  const span = daysBetween(on.registration.registeredOn, asOf);
  if (span < 30 || !random.chance(SHARE)) return;
  const noticed = random.chance(0.3);
  const proposedOn = addDays(asOf, -(noticed ? random.between(0, 12) : random.between(28, Math.min(span, 500))));
  if (proposedOn <= on.registration.registeredOn) return;
  const cause = random.weighted(causes);
  const facts = factsOf(random, cause);
  const policy = context.law.policy(on.division, proposedOn);
  // Where the law of the place is silent nobody is recorded.
  if (!policy.creditLimits || !policy.creditObjectionWorkingDays) return;
  const limits = policy.creditLimits.value;
  const objectionDays = policy.creditObjectionWorkingDays.value;
  const level = creditLevel(facts, limits);
  const due = level === 'note' ? undefined : answerDue(proposedOn, limits, shippedCalendar);
  const second = secondOf(rows, on);
  const drawn =
    level === 'note'
      ? noteOf(random, proposedOn, asOf, limits)
      : recordOf(random, {
          cause: cause === 'fraud' ? 'fraud' : 'overclaim',
          proposedOn,
          asOf,
          level,
          limits,
          due: due!,
          second,
        });
  const proposedAt = officeTime(random, proposedOn);
  const { decided } = drawn;
  const decidedAt = decided && officeTime(random, decided.on);
  const words = random.pick(evidence[cause]);
  add(
    'credit_record',
    tenant,
    rows.id(),
    on.registrationId,
    on.applicationId,
    personId,
    on.division,
    on.office,
    cause,
    level,
    drawn.state,
    JSON.stringify(facts),
    words,
    basisOf(rows, on.division, proposedOn, 'creditLimits', 'creditRecords').text,
    proposedAt,
    accountId(context, on.clerk),
    on.clerk.name,
    due,
    drawn.answer,
    decidedAt,
    decided ? accountId(context, decided.by) : null,
    decided?.by.name,
    decided?.text ?? '',
    drawn.expiresOn,
    drawn.objection,
    drawn.objectedOn && addWorkingDays(drawn.objectedOn, objectionDays, shippedCalendar),
    drawn.objectionAnswer,
    drawn.repair,
    drawn.endedOn,
    drawn.version,
  );
  const step = (text: string, at: string, by: CityAccount) => noted(rows, on, { action: 'credit', text, at, by });
  step(`提出${creditLevels[level]}，${creditCauses[cause]}`, proposedAt, on.clerk);
  if (decided && decidedAt) {
    const held = drawn.state !== 'dropped';
    step(
      held ? `作${creditLevels[level]}，到${drawn.expiresOn}：${decided.text}` : `不予记录：${decided.text}`,
      decidedAt,
      decided.by,
    );
  }
  if (!drawn.endedOn) return;
  const ended = officeTime(random, drawn.endedOn);
  if (drawn.state === 'repaired') step(`${creditLevels[level]}已修复：${drawn.repair}`, ended, on.clerk);
  if (drawn.state === 'revoked')
    step(`异议答复，撤销${creditLevels[level]}：${drawn.objectionAnswer}`, ended, level === 'note' ? second : on.clerk);
}

function factsOf(random: Random, cause: CreditCause): CreditFacts {
  if (cause === 'falseForm') return { cause, yuan: 0, months: 0, refuses: false };
  const months = random.between(1, 10);
  return { cause, yuan: months * random.between(800, 1900), months, refuses: random.chance(0.3) };
}

/** A supervisor of the county: the clerk who proposed decides nothing. */
function secondOf({ context }: PersonRows, on: OnRegistration): CityAccount {
  const { accounts } = context.staff;
  return (
    accounts.find(({ role, office }) => role === 'supervisor' && office === on.division) ??
    accounts.find(({ role }) => role === 'supervisor')!
  );
}

/** A note holds from the day it is made. */
function noteOf(random: Random, from: PlainDate, asOf: PlainDate, limits: CreditLimits): Drawn {
  const base = { answer: '', expiresOn: creditExpires('note', from, limits), ...nothing };
  const course = random.weighted(courses);
  return course === 'holds' || course === 'dropped'
    ? { ...base, state: 'inForce', version: 1 }
    : afterwards(random, base, course, { cause: 'falseForm', from, asOf });
}

const nothing = { objection: '', objectionAnswer: '', repair: '' } as const;

function recordOf(
  random: Random,
  on: {
    cause: 'fraud' | 'overclaim';
    proposedOn: PlainDate;
    asOf: PlainDate;
    level: 'record' | 'serious';
    limits: CreditLimits;
    due: PlainDate;
    second: CityAccount;
  },
): Drawn {
  const { asOf, due, second } = on;
  const fresh = daysBetween(on.proposedOn, asOf) < 20;
  const way = random.weighted(notices);
  const answer = way === 'answered' ? answers[on.cause] : '';
  if (fresh) return { state: 'noticed', answer, ...nothing, version: answer ? 2 : 1 };
  const decidedOn = addDays(due, random.between(1, 5));
  const course = random.weighted(courses);
  const version = answer ? 3 : 2;
  if (course === 'dropped')
    return {
      state: 'dropped',
      answer,
      decided: { on: decidedOn, by: second, text: '核实是单位报错信息，不是本人责任' },
      ...nothing,
      version,
    };
  const base = {
    answer,
    decided: { on: decidedOn, by: second, text: '事实清楚，已告知并听取意见' },
    expiresOn: creditExpires(on.level, decidedOn, on.limits),
    ...nothing,
  };
  if (course === 'holds') return { ...base, state: 'inForce', version };
  return afterwards(random, { ...base, version }, course, { cause: on.cause, from: decidedOn, asOf });
}

/** Objected to and answered by somebody who has not decided, or made good. */
function afterwards(
  random: Random,
  base: Omit<Drawn, 'state' | 'version'> & { version?: number },
  course: Exclude<Course, 'holds' | 'dropped'>,
  on: { cause: CreditCause; from: PlainDate; asOf: PlainDate },
): Drawn {
  const version = (base.version ?? 1) + 1;
  const day = [addDays(on.from, random.between(3, 15)), on.asOf].sort()[0]!;
  if (course === 'repaired')
    return { ...base, state: 'repaired', repair: '已全部退回，并写了说明', endedOn: day, version };
  const objection = random.pick(objections[on.cause]);
  if (course === 'objected') {
    // One that waits was made these days; a record that has run out is no longer objected to.
    const objectedOn = [addDays(on.from, 1), addDays(on.asOf, -random.between(0, 8))].sort()[1]!;
    const open = (base.expiresOn ?? '') >= objectedOn && objectedOn <= on.asOf;
    return open
      ? { ...base, state: 'inForce', objection, objectedOn, version }
      : { ...base, state: 'inForce', version: version - 1 };
  }
  return course === 'upheld'
    ? {
        ...base,
        state: 'inForce',
        objection,
        objectedOn: day,
        objectionAnswer: '已向单位再次核实，事实没有变化',
        version: version + 1,
      }
    : {
        ...base,
        state: 'revoked',
        objection,
        objectedOn: day,
        objectionAnswer: '查实单位误报，予以撤销',
        endedOn: day,
        version: version + 1,
      };
}
