import { describe, expect, it } from 'vitest';
import { contradiction, effectsOf } from './effect.ts';
import type { Level, Provision } from './provision.ts';
import { shippedProvisions } from './shipped.ts';

function days(id: string, division: string, from: string, value: number): Provision {
  const level = ({ 0: 'national', 2: 'province', 4: 'city', 6: 'county' } as Record<number, Level>)[division.length]!;
  const cited = { document: `${id}号`, documentTitle: id, clause: '一', clauseId: id };
  return { id, parameter: 'decisionWorkingDays', value, division, level, from, ...cited };
}

describe('what adding a provision would change', () => {
  it('a county that promises more changes the value from that day', () => {
    const [effect] = effectsOf(days('county', '410802', '2027-01-01', 2), shippedProvisions);
    expect(effect).toMatchObject({
      division: '410802',
      on: '2027-01-01',
      standing: 'changes',
      before: { text: '3个工作日', cite: '人社厅发〔2020〕79号 一(三)' },
      after: { text: '2个工作日', cite: 'county号 一' },
      reasons: [],
    });
  });

  it('M79-16: a looser local provision is ignored, and the reason is said', () => {
    const [effect] = effectsOf(days('city', '4108', '2027-01-01', 10), shippedProvisions);
    expect(effect?.standing).toBe('ignored');
    expect(effect?.after).toEqual(effect?.before);
    expect(effect?.reasons[0]).toContain('city号 一「10个工作日」');
  });

  it('M79-16: a later higher one displaces an earlier lower one, which is shown for the places below', () => {
    const county = days('county', '410802', '2027-01-01', 1);
    const effects = effectsOf(days('city', '4108', '2027-06-01', 2), [...shippedProvisions, county]);
    expect(effects.map(({ division, standing }) => [division, standing])).toEqual([
      ['410800', 'changes'],
      ['410802', 'changes'],
    ]);
    expect(effects[1]).toMatchObject({ before: { text: '1个工作日' }, after: { text: '2个工作日' } });
    expect(effects[1]?.reasons[0]).toContain('按上级规定执行');
  });

  it('a place with a nearer provision that agrees keeps it', () => {
    const county = days('county', '410802', '2027-01-01', 2);
    const [, below] = effectsOf(days('city', '4108', '2027-06-01', 2), [...shippedProvisions, county]);
    expect(below).toMatchObject({ division: '410802', standing: 'outranked' });
  });

  it('one document says one thing of a matter from one day', () => {
    const first = days('county', '410802', '2027-01-01', 2);
    const second = { ...days('county', '410802', '2027-01-01', 1), id: 'again' };
    expect(contradiction(second, [first])).toBe(
      'county号 一已经规定了这一事项，也从2027-01-01起施行。要再变，请另定施行日期。',
    );
    expect(contradiction({ ...second, from: '2027-01-02' }, [first])).toBeUndefined();
    expect(contradiction(second, shippedProvisions)).toBeUndefined();
    const [place] = shippedProvisions.filter(({ id }) => id === 'M79-2b:proofsNeverAsked');
    expect(contradiction({ ...place!, id: 'another clause' }, shippedProvisions)).toBeUndefined();
  });

  it('the same value again is confirmed by the nearer provision', () => {
    const [effect] = effectsOf(days('city', '4108', '2027-01-01', 3), shippedProvisions);
    expect(effect).toMatchObject({ standing: 'confirms', after: { cite: 'city号 一' } });
  });
});
