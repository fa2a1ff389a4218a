import { policyFor } from '@yingdeng/rules/provisions/policy.ts';
import { describe, expect, it } from 'vitest';
import type { Command } from './command.ts';
import { command as due } from './due.ts';
import { command as law } from './law.ts';

async function run(command: Command, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await command.run(args, { out: (line) => out.push(line), err: (line) => err.push(line) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('yingdeng law', () => {
  it('M79-16: prints every parameter of the place and day with its citation', async () => {
    const may = await run(law, '--division', '210300', '--on', '2020-05-01');
    expect(may.code).toBe(0);
    expect(may.out).toContain('辽宁省鞍山市（210300）在 2020-05-01 适用的规定');
    expect(may.out).toMatch(/审核办结期限 +7个工作日\n +依据：鞍人社〔2020〕21号 三（A21-3a，2020-03-31 起）/);
    const august = await run(law, '--division', '210300', '--on', '2020-08-01');
    expect(august.out).toMatch(
      /审核办结期限 +3个工作日\n +依据：人社厅发〔2020〕79号 一\(三\)（M79-3a，2020-07-31 起）/,
    );
    expect(august.out).toContain('不再适用的已有规定：');
  });

  it('prints the policy exactly as policyFor returns it', async () => {
    const { code, out } = await run(law, '--division', '410811', '--on', '2021-01-01', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual(policyFor('410811', '2021-01-01'));
  });

  it('says when the law is silent, and answers for today without a date', async () => {
    expect((await run(law, '--division', '410800', '--on', '2009-01-01')).out).toContain('当日没有已收录的规定');
    expect((await run(law, '--division', '000000')).out).toContain('全国（000000）');
  });

  it.each([
    [[]],
    [['--division', '2103']],
    [['--division', '999999']],
    [['--division', '210300', '--on', '2020-02-30']],
    [['--division', '210300', '--sometimes']],
    [['210300']],
  ])('refuses %j with exit code 2', async (args) => {
    const { code, out, err } = await run(law, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--help');
  });
});

describe('yingdeng due', () => {
  it('M79-3a: prints the due date alone', async () => {
    expect(await run(due, '2020-09-28', '--working-days', '3')).toEqual({ code: 0, out: '2020-10-09', err: '' });
    expect((await run(due, '--working-days', '7', '2020-09-28')).out).toBe('2020-10-14');
  });

  it('explains the count as JSON', async () => {
    const { out } = await run(due, '2020-09-28', '--working-days', '3', '--json');
    const answer = JSON.parse(out);
    expect(answer).toMatchObject({ from: '2020-09-28', workingDays: 3, due: '2020-10-09' });
    expect(answer.days).toHaveLength(12);
    expect(answer.days[3]).toEqual({ date: '2020-10-01', counted: false, kind: 'holiday', why: '国庆节' });
  });

  it.each([
    [['2020-09-28']],
    [['2020-02-30', '--working-days', '3']],
    [['2020-09-28', '--working-days', 'three']],
    [['2020-09-28', '--working-days', '-1']],
    [['2020-09-28', '2020-09-29', '--working-days', '1']],
    [['--working-days', '1']],
  ])('refuses %j with exit code 2', async (args) => {
    const { code, out, err } = await run(due, ...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain('--help');
  });

  it('says that the calendar is not maintained instead of guessing', async () => {
    const { code, err } = await run(due, '2026-12-30', '--working-days', '3');
    expect(code).toBe(2);
    expect(err).toContain('日历未维护：2027年');
  });

  it('both have a help text', async () => {
    for (const command of [law, due]) {
      const { code, out } = await run(command, '--help');
      expect(code).toBe(0);
      expect(out).toContain(`用法：yingdeng ${command.name}`);
    }
  });
});
