import { describe, expect, it } from 'vitest';
import { checkProject, type EnrolmentState, enrolmentTable, nextEnrolment, trainingFit } from './training.ts';

const good = {
  name: '电工初级培训',
  kind: 'skill',
  occupation: '631',
  institution: '市技工学校',
  place: '人民路9号',
  startsOn: '2026-12-01',
  endsOn: '2026-12-20',
  applyBy: '2026-11-30',
  seats: 30,
  fee: 0,
  telephone: '0391-3569000',
  content: '',
} as const;

describe('a project', () => {
  const fault = (part: object) =>
    checkProject({ ...good, ...part }, { today: '2026-11-26', known: (code) => code === '631' })?.message;
  it('A21-4d: is complete, or says by name what is wrong', () => {
    expect(fault({})).toBeUndefined();
    expect(fault({ kind: 'startUp', occupation: '' })).toBeUndefined();
    expect(fault({ name: ' ' })).toContain('项目名称');
    expect(fault({ institution: '' })).toContain('培训机构');
    expect(fault({ place: '' })).toContain('培训地点');
    expect(fault({ occupation: '999' })).toContain('职业');
    expect(fault({ telephone: '13800001234' })).toContain('咨询电话');
    expect(fault({ endsOn: '2026-11-30' })).toContain('结束日期');
    expect(fault({ applyBy: '2026-11-25' })).toContain('报名截止');
    expect(fault({ applyBy: '2026-12-21' })).toContain('报名截止');
    expect(fault({ seats: 0 })).toContain('名额');
    expect(fault({ fee: -1 })).toContain('收费');
  });
});

describe('an enrolment', () => {
  const act = (state: EnrolmentState, action: 'enrol' | 'decline' | 'finish' | 'drop', part: object = {}) =>
    nextEnrolment(
      state,
      { action, consent: true, certificate: '', text: '有原因', ...part },
      { today: '2026-12-20', startsOn: '2026-12-01' },
    );
  it('goes only where the table says', () => {
    for (const state of Object.keys(enrolmentTable) as EnrolmentState[])
      for (const action of ['enrol', 'decline', 'finish', 'drop'] as const) {
        const next = enrolmentTable[state][action];
        if (next) expect(act(state, action)).toBe(next);
        else expect(act(state, action)).toMatchObject({ code: 'service.notAllowed' });
      }
  });
  it('A21-4d: takes consent to enrol, a reason to decline or drop, and a begun course to finish', () => {
    expect(act('wished', 'enrol', { consent: false })).toMatchObject({ code: 'service.faulty', clause: 'A21-4d' });
    expect(act('wished', 'decline', { text: '' })).toMatchObject({ code: 'service.faulty' });
    expect(act('enrolled', 'drop', { text: ' ' })).toMatchObject({ code: 'service.faulty' });
    const early = { action: 'finish', consent: false, certificate: '', text: '' } as const;
    expect(nextEnrolment('enrolled', early, { today: '2026-11-30', startsOn: '2026-12-01' })).toMatchObject({
      code: 'service.faulty',
    });
  });
});

it('a course fits by its occupation, its major group, or the wish to start a business', () => {
  const fit = (kind: 'skill' | 'startUp', occupation: string | null, startUp = false) =>
    trainingFit({ kind, occupation }, { occupations: ['631', '403'], startUp });
  expect(fit('skill', '631')).toBe('occupation');
  expect(fit('skill', '618')).toBe('related');
  expect(fit('skill', '202')).toBeUndefined();
  expect(fit('startUp', null)).toBeUndefined();
  expect(fit('startUp', null, true)).toBe('startUp');
});
