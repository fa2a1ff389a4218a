import { accessTable, roles } from '@yingdeng/rules/access.ts';
import { describe, expect, it } from 'vitest';
import { menu, menuFor } from './menu.ts';

const entriesOf = (actions: readonly string[]) => menuFor(actions).flatMap(({ entries }) => entries);

describe('the menu', () => {
  it('shows a role exactly the pages whose action it has, each once', () => {
    for (const role of roles) {
      const actions = Object.keys(accessTable[role]);
      const permitted = menu.flatMap(({ entries }) => entries).filter(({ action }) => actions.includes(action));
      expect(entriesOf(actions).map(({ to }) => to)).toEqual([...new Set(permitted.map(({ to }) => to))]);
    }
  });

  it('begins the day of whoever sends with the exchange', () => {
    const groupOf = (actions: readonly string[]) =>
      menuFor(actions).find(({ entries }) => entries.some(({ to }) => to === '/exchange'))?.title;
    expect(groupOf(Object.keys(accessTable.exchangeOfficer))).toBe('工作台');
    expect(groupOf(Object.keys(accessTable.auditor))).toBe('全国平台和民政');
  });

  it('has no empty groups, and nothing for nobody', () => {
    expect(menuFor([])).toEqual([]);
    expect(menuFor(['audit.read']).map(({ title }) => title)).toEqual(['监督']);
  });
});
