// Who counts as having difficulty finding work in Henan: the table of 2009 and the one that took its place in 2015. Liaoning's table was not at
// hand: there the law is silent until an administrator enters it.
import { henan59, henanRegulation } from './documents.ts';
import { provisionsOf } from './from-clause.ts';
import type { Provision } from './provision.ts';

const set2009 = provisionsOf(henanRegulation);
const set2015 = provisionsOf(henan59);

export const difficultyProvisions: readonly Provision[] = [
  set2009('HN09-43', 'difficultyCategories', [
    { name: '城镇零就业家庭成员', by: 'byHand' },
    { name: '距法定退休年龄10年以内的登记失业人员', by: 'byHand' },
    { name: '连续失业一年以上的人员', by: 'registeredMonths', months: 12 },
    { name: '困难家庭中就业困难的高校毕业生', by: 'byHand' },
    { name: '就业困难的被征地农民', by: 'byHand' },
    { name: '失业的残疾人', by: 'disabled' },
    { name: '失业的城镇复员转业军人、县级以上劳模、军烈属、抚养未成年人的单亲家庭成员', by: 'byHand' },
    { name: '省规定的其他就业困难人员', by: 'byHand' },
  ]),
  set2009('HN09-44', 'difficultyWorkingDays', 7),
  set2009('HN09-44', 'difficultyMonths', 12, { note: '条文没有写明有效期。取12个月，期满复核，条件消失的退出。' }),
  set2015('HN59-1', 'difficultyCategories', [
    { name: '城镇零就业家庭成员', by: 'byHand' },
    { name: '距法定退休年龄10年以内的登记失业人员', by: 'byHand' },
    { name: '连续失业半年以上的人员', by: 'registeredMonths', months: 6 },
    { name: '毕业两年内困难家庭中就业困难的高校毕业生', by: 'byHand' },
    { name: '就业困难的被征地农民', by: 'byHand' },
    { name: '失业的残疾人', by: 'disabled' },
    { name: '失业的城镇复员转业军人、县级以上劳模、军烈属、抚养未成年人的单亲家庭成员', by: 'byHand' },
    { name: '省规定的其他就业困难人员', by: 'byHand' },
    // The second tier: 特困人员.
    {
      name: '特困人员：登记失业半年以上，女满45周岁、男满55周岁',
      by: 'registeredMonths',
      months: 6,
      women: 45,
      men: 55,
    },
    { name: '特困人员：零就业家庭成员，女满40周岁、男满50周岁', by: 'byHand', women: 40, men: 50 },
    { name: '特困人员：低保家庭成员，女满40周岁、男满50周岁', by: 'allowance', women: 40, men: 50 },
    { name: '特困人员：复员转业军人，女满40周岁、男满50周岁', by: 'byHand', women: 40, men: 50 },
    { name: '特困人员：烈士家属，女满40周岁、男满50周岁', by: 'byHand', women: 40, men: 50 },
    { name: '特困人员：毕业两年内的低保家庭、孤儿、残疾高校毕业生', by: 'byHand' },
  ]),
];
