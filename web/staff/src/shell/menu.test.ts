import { accessTable, roles } from '@yingdeng/rules/access.ts';
import { describe, expect, it } from 'vitest';
import { menu, menuFor } from './menu.ts';

const entriesOf = (actions: readonly string[]) => menuFor(actions).flatMap(({ entries }) => entries);

describe('the menu', () => {
  it('shows a role exactly the entries whose action it has', () => {
    for (const role of roles) {
      const actions = Object.keys(accessTable[role]);
      const expected = menu.flatMap(({ entries }) => entries).filter(({ action }) => actions.includes(action));
      expect(entriesOf(actions)).toEqual(expected);
    }
  });

  it('has no empty groups, and nothing for nobody', () => {
    expect(menuFor([])).toEqual([]);
    expect(menuFor(['audit.read']).map(({ title }) => title)).toEqual(['监督']);
  });
});
