import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';

/** An office as the administration sees it. */
export type Office = Answer<'getOffices'>['offices'][number];

/** What lies directly below each kind. */
export const belowWords: Readonly<Record<string, string>> = {
  nation: '省级机构',
  province: '市级机构',
  city: '县（市、区）机构',
  county: '街道（乡镇）机构',
  street: '社区（村）机构',
};
