import { describe, expect, it } from 'vitest';
import { listAddress } from './kinds.ts';
import { dropFilter, keepFilter, MOST, type Store, savedFilters } from './saved.ts';

function memory(): Store & { kept: Map<string, string> } {
  const kept = new Map<string, string>();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
}
const late = { name: ' 逾期的 ', kind: 'decision', query: 'state=late' } as const;

describe('saved filters', () => {
  it('are kept by name, one of a name, each user’s own', () => {
    const store = memory();
    keepFilter(store, 'a', late);
    keepFilter(store, 'a', { ...late, name: '逾期的', query: 'state=late&assigned=mine' });
    expect(savedFilters(store, 'a')).toEqual([{ name: '逾期的', kind: 'decision', query: 'state=late&assigned=mine' }]);
    expect(savedFilters(store, 'b')).toEqual([]);
    expect(dropFilter(store, 'a', '逾期的')).toEqual([]);
  });

  it('are ten at most, need a name, and survive a store that refuses or holds rubbish', () => {
    const store = memory();
    for (let n = 0; n < MOST; n += 1) keepFilter(store, 'a', { ...late, name: `第${n}个` });
    expect(keepFilter(store, 'a', late)).toBe('最多保存10个，请先删除一个');
    expect(keepFilter(store, 'a', { ...late, name: '第3个' })).toHaveLength(MOST);
    expect(keepFilter(store, 'b', { ...late, name: '  ' })).toBe('请给筛选起个名字');
    store.kept.set('yingdeng.filters.c', '{"x":');
    expect(savedFilters(store, 'c')).toEqual([]);
    store.kept.set('yingdeng.filters.c', '[1,{"name":"a","kind":"other","query":""}]');
    expect(savedFilters(store, 'c')).toEqual([]);
    const refusing: Store = {
      getItem: () => null,
      setItem: () => {
        throw new Error('quota');
      },
    };
    expect(keepFilter(refusing, 'a', late)).toContain('浏览器不允许保存');
  });
});

describe('the address of a list', () => {
  it('carries its filters and nothing empty', () => {
    expect(listAddress('contact', {})).toBe('/contacts');
    expect(listAddress('decision', { office: '410802', assigned: '', state: 'late' })).toBe(
      '/decisions?office=410802&state=late',
    );
  });
});
