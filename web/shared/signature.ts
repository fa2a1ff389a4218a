// A drawn signature: strokes in a box of 600 × 200 and the SVG path they make. Pure, so that the server's limits are met by test.

/** The box every signature is drawn in, whatever the screen's size. */
export const signatureBox = { width: 600, height: 200 } as const;
/** Longest path the interface accepts. */
export const longestPath = 20_000;
/** Less ink than this (box units) is a dot or a slip, not a name. */
const leastInk = 120;

/** A point in the box. */
export interface Point {
  readonly x: number;
  readonly y: number;
}
/** One stroke, pen down to pen up. */
export type Stroke = readonly Point[];

/** A point on the screen as a point in the box. `rect` is where the box is drawn. */
export function toBox(
  client: { clientX: number; clientY: number },
  rect: { left: number; top: number; width: number; height: number },
): Point {
  const x = ((client.clientX - rect.left) / (rect.width || 1)) * signatureBox.width;
  const y = ((client.clientY - rect.top) / (rect.height || 1)) * signatureBox.height;
  return { x: clamp(x, signatureBox.width), y: clamp(y, signatureBox.height) };
}

function clamp(value: number, max: number): number {
  return Math.min(Math.max(Math.round(value * 10) / 10, 0), max);
}

/** The strokes without points closer than `distance` to the one before; first and last points stay. */
export function thin(stroke: Stroke, distance: number): Stroke {
  const kept: Point[] = [];
  stroke.forEach((point, index) => {
    const last = kept[kept.length - 1];
    if (!last || index === stroke.length - 1 || Math.hypot(point.x - last.x, point.y - last.y) >= distance)
      kept.push(point);
  });
  return kept;
}

function strokePath(stroke: Stroke): string {
  const [first, ...rest] = stroke;
  if (!first) return '';
  if (rest.length === 0) return `M${first.x} ${first.y}L${first.x} ${first.y}`;
  let path = `M${first.x} ${first.y}`;
  rest.forEach((point, index) => {
    const next = rest[index + 1];
    // Through the middles, bent at the points: a smooth line without new corners.
    path += next
      ? `Q${point.x} ${point.y} ${round((point.x + next.x) / 2)} ${round((point.y + next.y) / 2)}`
      : `L${point.x} ${point.y}`;
  });
  return path;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** The SVG path of the strokes, never longer than `longestPath`: a very long drawing is drawn with fewer points. */
export function signaturePath(strokes: readonly Stroke[]): string {
  for (const distance of [1.5, 3, 6, 12, 24]) {
    const path = strokes.map((stroke) => strokePath(thin(stroke, distance))).join('');
    if (path.length <= longestPath) return path;
  }
  return strokes
    .map((stroke) => strokePath(thin(stroke, 48)))
    .reduce((path, next) => (path.length + next.length <= longestPath ? path + next : path), '');
}

/** Length of all lines, in box units. */
export function inkLength(strokes: readonly Stroke[]): number {
  let length = 0;
  for (const stroke of strokes)
    stroke.forEach((point, index) => {
      const before = stroke[index - 1];
      if (before) length += Math.hypot(point.x - before.x, point.y - before.y);
    });
  return length;
}

/** Whether enough was drawn to be somebody's name. */
export function isSignature(strokes: readonly Stroke[]): boolean {
  return inkLength(strokes) >= leastInk;
}
