// All shipped provisions. Administrators add their own beside these; none is ever edited in the past.
import type { Provision } from './provision.ts';
import { anshanProvisions } from './shipped-anshan.ts';
import { difficultyProvisions } from './shipped-difficulty.ts';
import { henanProvisions } from './shipped-henan.ts';
import { nationalProvisions } from './shipped-national.ts';

/** Henan's two tables of people in difficulty, and the provisions of 鞍人社〔2020〕21号, 人社厅发〔2020〕79号 and 豫人社办函〔2020〕122号. */
export const shippedProvisions: readonly Provision[] = [
  ...difficultyProvisions,
  ...anshanProvisions,
  ...nationalProvisions,
  ...henanProvisions,
];
