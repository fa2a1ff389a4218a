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
  ]),
];
