// The registered unemployment rate (M79-10a, M79-10b): registered unemployed ÷ (urban employed + registered unemployed).

/**
 * Percent with two decimals, half up: registeredUnemploymentRate(424, 9576) → 4.24.
 * Both arguments are whole numbers of persons. Undefined when the urban employed are unknown or 0: the report then shows a dash, not 0.
 * Throws RangeError on a negative number or a fraction of a person.
 */
export function registeredUnemploymentRate(
  unemployed: number,
  urbanEmployed: number | null | undefined,
): number | undefined {
  requirePersons(unemployed);
  if (urbanEmployed === undefined || urbanEmployed === null || urbanEmployed === 0) return undefined;
  requirePersons(urbanEmployed);
  // Whole numbers all the way: 4.245 % has no exact binary form, and the half must go up, not where the rounding error points.
  const part = BigInt(unemployed);
  const whole = part + BigInt(urbanEmployed);
  const hundredthsOfPercent = (part * 20_000n + whole) / (whole * 2n);
  return Number(hundredthsOfPercent) / 100;
}

function requirePersons(count: number): void {
  if (!Number.isSafeInteger(count) || count < 0) throw new RangeError(`人数应为不小于 0 的整数：${count}`);
}
