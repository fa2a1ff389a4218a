import type { ExitEvidenceKind } from '@yingdeng/rules/exit-reasons.ts';
import { type Chronicle, officeSecond } from './chronicle.ts';
import type { CityExit } from './model.ts';
import type { CityPerson } from './people.ts';
import { type Random, type Weighted, weights } from './random.ts';

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
const subReasons12 = weights(['individual', 82], ['enterprise', 15], ['nonEnterprise', 3]);

type Proof = readonly [kind: ExitEvidenceKind, text: string];
type Said = readonly [source: CityExit['source'], proofs: readonly Proof[]];
type Proofs = Weighted<Said>;

const own = (text: string): Said => ['worker', [['workerStatement', text]]];
const office = (kind: ExitEvidenceKind, text: string): Said => ['clerk', [[kind, text]]];
const found = (...proofs: Proof[]): Said => ['comparison', proofs];
const income = '月收入3600元，当地最低生活保障标准680元';

/** Who brings an exit up and with what in hand, by reason: what rules/exit-reasons.ts asks for, no more. */
const proofs: Record<string, Proofs> = {
  11: weights(
    [own('已到单位上班'), 45],
    [office('employerStatement', '用人单位说明已录用'), 25],
    [found(['employmentFinding', '劳动用工备案信息']), 30],
  ),
  12: weights(
    [own('已开业'), 50],
    [office('investigation', '走访了解，已开业经营'), 25],
    [found(['marketFinding', '市场主体登记信息']), 25],
  ),
  13: weights([own(income), 70], [office('investigation', `走访了解，${income}`), 30]),
  14: weights([office('postRecord', '公益性岗位安置协议'), 1]),
  21: weights([own('已领取养老金'), 40], [found(['pensionFinding', '养老保险待遇发放信息']), 60]),
  23: weights([office('capacityFinding', '劳动能力鉴定结论'), 1]),
  24: weights([own('本人说明去向'), 70], [office('familyStatement', '家属说明去向'), 30]),
  25: weights([found(['justiceFinding', '司法行政部门信息'], ['investigation', '向社区核实']), 1]),
  26: weights(
    [found(['deathFinding', '民政殡葬信息'], ['familyStatement', '家属说明']), 70],
    [office('familyStatement', '家属来电说明'), 30],
  ),
  90: weights([own('本人申请退出'), 1]),
};

/** The exit of a registration; `lastLife` is the last day on which somebody could still be met about it. */
export interface ChosenExit {
  exit: CityExit;
  lastLife: number;
}

/**
 * The exit near the wished day, or none. Reasons suit the person: nobody of thirty draws a pension, nobody of fifty goes
 * to school. 31 and 32 do not occur: they are no grounds by themselves since 79号 (M79-4c). What a comparison found was
 * asked of the worker first, unless nobody can be asked.
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
  const done = confirmed !== undefined && confirmed <= today;
  const age = (proposed - days.number(person.birthDate)) / 365.25;
  const reason = reasonFor(random, person, age);
  const exitOn = Math.max(registered + 1, proposed - Math.floor(random.exponential(4)));
  const [source, pieces] = random.weighted(proofs[reason]!);
  const asked = source === 'comparison' && reason !== '25' && reason !== '26';
  const second = officeSecond(random);
  const where = reason === '11' ? `：${random.pick(enterprises)}` : '';
  const exit: CityExit = {
    status: done ? 'confirmed' : asked ? 'asked' : 'proposed',
    source,
    reason,
    subReason: subReasonFor(random, person, reason, age),
    evidence: pieces.map(([kind, text]) => ({ kind, date: days.date(exitOn), text: text + where })),
    remark: reason === '90' ? '本人申请退出失业登记' : '',
    exitOn: days.date(exitOn),
    proposedAt: days.instant(proposed, second),
    askedAt: asked ? days.instant(proposed, second + 60) : undefined,
  };
  if (done) {
    const at = confirmed === proposed ? Math.min(second + random.between(900, 3600), 64_000) : officeSecond(random);
    exit.answeredAt = asked ? days.instant(confirmed, at - 300) : undefined;
    exit.handledOn = days.date(confirmed);
    exit.confirmedAt = days.instant(confirmed, at);
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
