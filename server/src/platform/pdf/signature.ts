/** A step of a stroke: letter and numbers, absolute. */
export interface Stroke {
  readonly letter: 'M' | 'L' | 'Q' | 'C' | 'Z';
  readonly numbers: readonly number[];
}

const sizes = { M: 2, L: 2, Q: 4, C: 6, Z: 0 } as const;
const NUMBER = /-?(?:\d+\.?\d*|\.\d+)/g;

/**
 * Reads a drawn signature (commands M L Q C Z and their relative forms) into absolute steps. A path came from outside:
 * what is no well-formed path gives undefined, so that a page is printed without it and says so.
 */
export function readStrokes(path: string): Stroke[] | undefined {
  const strokes: Stroke[] = [];
  let at = [0, 0];
  let start = at;
  for (const [, command = '', tail = ''] of path.matchAll(/([MLQCZmlqcz])([^MLQCZmlqcz]*)/g)) {
    const letter = command.toUpperCase() as Stroke['letter'];
    const numbers = [...tail.matchAll(NUMBER)].map(([text]) => Number(text));
    const size = sizes[letter];
    if (tail.replace(NUMBER, '').replace(/[ ,]/g, '') !== '') return undefined;
    if (strokes.length === 0 && letter !== 'M') return undefined;
    if (size === 0 ? numbers.length > 0 : numbers.length === 0 || numbers.length % size !== 0) return undefined;
    if (size === 0) {
      strokes.push({ letter, numbers: [] });
      at = start;
      continue;
    }
    for (let i = 0; i < numbers.length; i += size) {
      const from = at;
      const step = numbers.slice(i, i + size).map((n, axis) => (command === letter ? n : n + (from[axis % 2] ?? 0)));
      at = step.slice(-2);
      if (letter === 'M' && i === 0) start = at;
      // Pairs after the first of a move are lines.
      strokes.push({ letter: letter === 'M' && i > 0 ? 'L' : letter, numbers: step });
    }
  }
  const fits = strokes.every(({ numbers }) => numbers.every((n) => Math.abs(n) <= 10_000));
  return strokes.length > 0 && fits ? strokes : undefined;
}

/** The box around all points of a signature. */
export function boundsOf(strokes: readonly Stroke[]): { x: number; y: number; width: number; height: number } {
  const all = strokes.flatMap(({ numbers }) => numbers);
  const xs = all.filter((_, index) => index % 2 === 0);
  const ys = all.filter((_, index) => index % 2 === 1);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}
