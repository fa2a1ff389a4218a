/** The three lists of A21-4c by their names in the interface. */
const names: Readonly<Record<string, string>> = {
  policies: '政策清单',
  services: '服务清单',
  institutions: '机构清单',
};

/** What a list is called. */
export const nameOf = (list: string): string => names[list] ?? list;
