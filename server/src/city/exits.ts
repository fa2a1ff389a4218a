import { type Chronicle, officeSecond } from './history.ts';
import type { CityExit } from './model.ts';
import type { CityPerson } from './people.ts';
import { type Random, weights } from './random.ts';

const reasons = weights(
  ['11', 50],
  ['13', 17],
  ['12', 12],
  ['14', 3.5],
  ['24', 3],
  ['90', 3.2],
  ['26', 0.8],
  ['23', 0.6],
  ['25', 0.4],
);
const enterprises = [
  '万方铝加工厂',
  '新城商贸公司',
  '惠民超市',
  '恒通物流公司',
  '康达医院',
  '育才学校',
  '华兴机械公司',
  '金穗食品厂',
  '东方酒店',
  '安泰物业公司',
];
const sources = weights<CityExit['source']>(['clerk', 40], ['worker', 34], ['comparison', 26]);
const subReasons12 = weights(['individual', 82], ['enterprise', 15], ['nonEnterprise', 3]);

/** The exit of a registration; `lastLife` is the last day on which somebody could still be met about it. */
export interface ChosenExit {
  exit: CityExit;
  lastLife: number;
}

/**
 * The exit near the wished day, or none. Reasons suit the person: nobody of thirty draws a pension, nobody of fifty goes
 * to school. 31 and 32 do not occur: they are no grounds by themselves since 79号 (M79-4c).
 */
export function chooseExit(
  chronicle: Chronicle,
  random: Random,
  person: CityPerson,
  registered: number,
  left: number | undefined,
  pending: boolean,
): ChosenExit | undefined {
  if (left === undefined && !pending) return undefined;
  const { days, today } = chronicle;
  const proposed = pending
    ? days.addWorking(today, -random.between(0, 3))
    : days.workingOnOrAfter(Math.max(left ?? 0, registered + 2));
  if (proposed > today || proposed <= registered + 1) return undefined;
  const confirmed = pending
    ? undefined
    : random.chance(0.8)
      ? proposed
      : days.addWorking(proposed, random.between(1, 2));
  const status = confirmed === undefined || confirmed > today ? 'proposed' : 'confirmed';
  const age = (proposed - days.number(person.birthDate)) / 365.25;
  const reason = reasonFor(random, person, age);
  const exitOn = Math.max(registered + 1, proposed - Math.floor(random.exponential(4)));
  const source = reason === '26' || reason === '25' ? 'comparison' : random.weighted(sources);
  const second = officeSecond(random);
  const exit: CityExit = {
    status,
    source,
    reason,
    subReason: subReasonFor(random, person, reason, age),
    evidence: evidenceFor(random, reason, source),
    exitOn: days.date(exitOn),
    proposedAt: days.instant(proposed, second),
  };
  if (confirmed !== undefined && status === 'confirmed') {
    exit.handledOn = days.date(confirmed);
    exit.confirmedAt = days.instant(
      confirmed,
      confirmed === proposed ? Math.min(second + random.between(300, 3600), 64_000) : officeSecond(random),
    );
  }
  return { exit, lastLife: exitOn - 1 };
}

function reasonFor(random: Random, person: CityPerson, age: number): string {
  // The pension is what most of those old enough leave for.
  if (age >= (person.sex === '1' ? 60 : 50) && random.chance(0.4)) return '21';
  for (;;) {
    const reason = random.weighted(reasons);
    if (reason === '24' && age > 27) continue;
    if (reason === '14' && age < 40) continue;
    if (reason === '23' && person.health < '30') continue;
    return reason;
  }
}

function subReasonFor(random: Random, person: CityPerson, reason: string, age: number): string | undefined {
  if (reason === '12') return random.weighted(subReasons12);
  if (reason !== '24') return undefined;
  const draw = random.unit();
  return draw < 0.1 ? 'emigration' : draw < 0.45 && person.sex === '1' && age < 24 ? 'service' : 'study';
}

function evidenceFor(random: Random, reason: string, source: CityExit['source']): string {
  if (reason === '11')
    return source === 'comparison'
      ? '劳动用工备案信息比对，本人电话确认已上班'
      : `本人告知已到${random.pick(enterprises)}上班`;
  const texts: Record<string, string> = {
    12: '市场主体登记信息，本人确认已开业',
    13: '本人告知有稳定收入，月收入不低于当地最低生活保障标准',
    14: '公益性岗位安置协议',
    21: '养老保险待遇发放信息比对',
    23: '劳动能力鉴定结论',
    24: '本人告知并说明去向',
    25: '司法信息比对',
    26: '民政殡葬信息比对',
  };
  return texts[reason] ?? '本人申请退出失业登记';
}
