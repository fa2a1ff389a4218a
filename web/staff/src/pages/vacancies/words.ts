/** Monthly wage as people write it: 4000–6000. */
export function wageText({ wageFrom, wageTo }: { wageFrom: number; wageTo: number }): string {
  return wageFrom === wageTo ? String(wageFrom) : `${wageFrom}–${wageTo}`;
}
