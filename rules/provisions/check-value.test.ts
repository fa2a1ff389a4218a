import { describe, expect, it } from 'vitest';
import { checkValue, isParameter, sayOption } from './check-value.ts';
import { parameters } from './parameter-specs.ts';
import type { Parameter } from './parameters.ts';
import { shippedProvisions } from './shipped.ts';
import { valueShapes } from './value-shapes.ts';

describe('checkValue', () => {
  it('accepts every value the shipped documents set', () => {
    for (const { id, parameter, value } of shippedProvisions) expect(checkValue(parameter, value), id).toEqual([]);
  });

  it('knows a shape for every parameter and refuses what belongs to none', () => {
    expect(Object.keys(valueShapes).sort()).toEqual([...parameters].sort());
    for (const parameter of parameters)
      for (const nonsense of [undefined, null, '', {}, 'anything', -1, 3.5, ['nothing'], [[]]])
        expect(checkValue(parameter, nonsense), `${parameter} ${JSON.stringify(nonsense)}`).not.toEqual([]);
  });

  it.each<[Parameter, unknown, string]>([
    ['decisionWorkingDays', 0, '审核办结期限：应为1至60之间的整数。'],
    ['decisionWorkingDays', '3', '审核办结期限：应为1至60之间的整数。'],
    ['decisionWorkingDays', 2.5, '审核办结期限：应为1至60之间的整数。'],
    ['registrationPlaces', [], '可以登记的地点：至少选1项。'],
    ['registrationPlaces', ['household', 'anywhere'], '可以登记的地点：anywhere不在可选范围内。'],
    ['registrationPlaces', ['household', 'household'], '可以登记的地点：有重复的内容。'],
    ['exitReasons', ['11', '22'], '注销原因（AJC00A代码）：22不在可选范围内。'],
    ['exit31', 'never', '连续拒绝公共就业服务（31）：没有选，或者不在可选范围内。'],
    ['hotlines', ['电话'], '咨询热线：应为号码，如12333。'],
    ['cleaningDoneBy', '2026-02-30', '数据核查清洗完成期限：不是有效日期。'],
    ['ministryExtractsFrom', '2027-13', '部里从全国平台提取统计数据：应为年月，如2027-01。'],
    ['statisticsPeriod', { fromDay: 21 }, '统计报表期（本月）：应为1至31之间的整数。'],
    ['statisticsPeriod', { fromDay: 21, toDay: 20, extra: 1 }, '统计报表期：有不认识的内容（extra）。'],
    [
      'backLoads',
      [{ to: 'nationalPlatform', by: '2027-13-01', whom: ['allValid'] }],
      '历史数据上传第1项（最晚日）：不是有效日期。',
    ],
  ])('%s refuses %j', (parameter, value, fault) => {
    expect(checkValue(parameter, value)).toContain(fault);
  });

  it('an optional part may be absent, a list of added duties may be empty', () => {
    expect(checkValue('backLoads', [{ to: 'nationalPlatform', by: '2027-01-01', whom: ['allValid'] }])).toEqual([]);
    expect(checkValue('groupsInStatistics', [])).toEqual([]);
  });

  it('says each option in words', () => {
    expect(sayOption('exit31', 'guarded')).toBe('不能单独作为注销理由，须有证据、最后告知和第二人复核');
    expect(sayOption('registrationPlaces', 'residence')).toBe('常住地');
    expect(sayOption('listsHandedOver', 'policies')).toBe('政策清单');
    expect(sayOption('exitReasons', '11')).toBe('11 被各类用人单位录用或招聘');
    expect(sayOption('guardedExit', true)).toBe('是');
    expect(sayOption('dayOfSubmissionIsDay', 0)).toBe('不算，次日为第1天');
    expect(isParameter('toString')).toBe(false);
  });
});
