import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';

export type ListName = 'policies' | 'services' | 'institutions';
export interface ListVersion {
  readonly list: ListName;
  readonly division: string;
  readonly version: number;
  readonly validFrom: string;
  readonly items: number;
}

export const listTexts: Readonly<Record<ListName, string>> = {
  policies: '政策清单',
  services: '服务清单',
  institutions: '公共就业服务机构清单',
};
const isList = (name: string): name is ListName => Object.hasOwn(listTexts, name);

/** The three lists in the versions in force at a place: what is handed over today. */
export function useLists(division: string) {
  return useQuery({
    queryKey: ['lists', division],
    queryFn: async ({ signal }): Promise<ListVersion[]> => {
      const { lists } = await call('getLists', { query: { division: division.slice(0, 6) }, signal });
      return lists.flatMap(({ list, items, division: of, version, validFrom }) =>
        isList(list) ? [{ list, division: of, version, validFrom, items: items.length }] : [],
      );
    },
    enabled: division !== '',
    staleTime: 600_000,
  });
}

/** Which versions are handed over; chosen by the system, so that nobody hands over an old one. */
export function ListVersions({ lists, loading }: { lists: readonly ListVersion[]; loading: boolean }) {
  if (loading) return <p className="hint">正在读取清单…</p>;
  if (lists.length === 0) return <p className="fault">本地还没有发布清单，请联系管理员。</p>;
  return (
    <ul className="versions">
      {lists.map(({ list, division, version, validFrom, items }) => (
        <li key={`${list}${division}`}>
          <b>{listTexts[list]}</b> 第{version}版
          <span className="quiet">
            ，{validFrom}起，{items}项
          </span>
        </li>
      ))}
    </ul>
  );
}
