import { beforeEach } from 'vitest';

/** Each part of a story stands on the one before: when one fails, those after it are left out. Call it inside `describe`. */
export function oneAfterTheOther(): void {
  let broken = false;
  beforeEach(({ skip, onTestFailed }) => {
    if (broken) skip('an earlier part failed');
    onTestFailed(() => {
      broken = true;
    });
  });
}
