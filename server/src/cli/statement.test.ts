import { describe, expect, it } from 'vitest';
import { command } from './statement.ts';

async function run(...args: string[]) {
  const out: string[] = [];
  const code = await command.run(args, { out: (line) => out.push(line), err: () => {} });
  return { code, out: out.join('\n') };
}

describe('yingdeng statement', () => {
  it('prints a statement of any feature by its name, without a database', async () => {
    const { code, out } = await run('served.linkSince');
    expect(code).toBe(0);
    expect(out).toMatch(/^update served_person/);
    expect((await run('followup.page')).out).toContain('from registration');
  });

  it('says that there is no such statement', async () => {
    await expect(run('served.nothing')).rejects.toThrow('没有名为“served.nothing”的语句');
    await expect(run()).rejects.toThrow('请给出一条语句的名称');
  });
});
