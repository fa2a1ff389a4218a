import { describe, expect, it } from 'vitest';
import { messageTemplate, templateNames } from './templates.ts';
import { fillTemplate, smsParts, templateFaults } from './text.ts';
import { placesUpward, type TemplateVersion, textInForce } from './versions.ts';

const name = 'exit.confirmed';
const good = messageTemplate(name).shipped;
const messages = (text: string) => templateFaults(name, text).map(({ message }) => message);

describe('the texts that ship', () => {
  it('M79-2a: every one may be published as it is, and says all of its facts', () => {
    for (const one of templateNames) {
      const { shipped, sample } = messageTemplate(one);
      expect(templateFaults(one, shipped), one).toEqual([]);
      const filled = fillTemplate(one, shipped, sample);
      expect(filled, one).not.toMatch(/[{}]|undefined/);
      expect(filled).toContain(sample.officeName);
      expect(filled).toContain('打电话0391-3569000');
    }
  });

  it('A21-3a, A21-5d: numbers are grouped, dates spoken, an office without telephone is still named', () => {
    const { shipped, sample } = messageTemplate('application.received');
    expect(fillTemplate('application.received', shipped, { ...sample, officeTelephone: '' })).toBe(
      '【城东区公共就业服务中心】您的失业登记申请已收到，受理编号2611 2600 3507 1234。我们最晚在2026年12月1日前办结，不用您再交任何材料。有疑问请联系办理机构。',
    );
    const registered = messageTemplate('application.registered');
    expect(
      fillTemplate('application.registered', registered.shipped, { ...registered.sample, due: undefined }),
    ).toContain('工作人员会尽快联系您');
  });
});

describe('a text of an office', () => {
  it('names an unknown placeholder and those there are, a missing one, a brace alone', () => {
    expect(messages(good.replace('{登记编号}', '{编号}'))).toEqual([
      '内容：没有“{编号}”这一项，可以用：{办理机构}{登记编号}{退出原因}{咨询方式}。',
      '内容：须写明{登记编号}。',
    ]);
    expect(messages(`${good}{`)).toEqual(['内容：花括号没有成对。']);
    expect(messages(good.replace('{退出原因}', '｛退出原因｝'))).toContain('内容：花括号应是半角的 { }。');
    expect(messages(good.replace('【{办理机构}】', '{办理机构}：'))).toEqual([
      '内容：开头应是【{办理机构}】，让人知道是谁发的。',
    ]);
    expect(messages(' ')).toEqual(['内容：没有填。']);
    expect(messages(good + '请'.repeat(400))).toEqual(['内容：不能超过450个字。']);
  });

  it('M79-2b, M79-2c, M79-2f: a demand for papers or a forbidden ground is blocked with its clause', () => {
    for (const [words, clause] of [
      ['请提供解除劳动关系证明。', 'M79-2b'],
      ['请带毕业证书来办理。', 'M79-2c'],
      ['材料不全的不予登记。', 'M79-2f'],
    ] as const)
      expect(templateFaults(name, good + words), words).toMatchObject([{ field: 'text', clause }]);
    expect(messages(`${good}不用提供解除劳动关系证明。`)).toEqual([]);
  });

  it('is paid by the part: 70 characters in one, 67 in each of several', () => {
    expect([0, 1, 70, 71, 134, 135].map((length) => smsParts('字'.repeat(length)))).toEqual([0, 1, 1, 2, 2, 3]);
  });
});

describe('which text holds', () => {
  const version = (division: string, number: number, from: string, text: string | null): TemplateVersion => ({
    template: name,
    division,
    version: number,
    text,
    from,
  });
  const kept = [
    version('000000', 1, '2026-01-01', '全国'),
    version('410800', 1, '2026-02-01', '市一'),
    version('410800', 2, '2026-03-01', '市二'),
    version('410802', 1, '2026-03-01', '县'),
    version('410802', 2, '2026-05-01', null),
    version('410802001', 1, '2026-06-01', '街道'),
  ];
  const on = (office: string, date: string) =>
    textInForce(name, office, date, (division) => kept.filter((one) => one.division === division)).text;

  it('the nearest place, its newest version of the day; what is not yet in force is not sent', () => {
    expect(placesUpward('410802001003')).toEqual(['410802001003', '410802001', '410802', '410800', '410000', '000000']);
    expect(placesUpward('410800')).toEqual(['410800', '410000', '000000']);
    expect(on('410802', '2025-12-31')).toBe(good);
    expect(on('410802', '2026-01-15')).toBe('全国');
    expect(on('410802', '2026-02-28')).toBe('市一');
    expect(on('410803', '2026-04-01')).toBe('市二');
    expect(on('410802001003', '2026-04-01')).toBe('县');
    expect(on('410802001003', '2026-06-01')).toBe('街道');
    expect(on('210300', '2026-06-01')).toBe('全国');
  });

  it('a place that gave its own text up follows the one above again', () => {
    expect(on('410802', '2026-05-01')).toBe('市二');
  });
});
