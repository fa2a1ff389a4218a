/** A row of numbers as a line the height of a text; the last one is a dot. Says from where to where in words. */
export function Sparkline({ values, words }: { values: readonly number[]; words: string }) {
  const [width, height, edge] = [120, 26, 3];
  const low = Math.min(...values);
  const span = Math.max(...values) - low || 1;
  const step = (width - 2 * edge) / Math.max(1, values.length - 1);
  const points = values.map((value, index) => [
    edge + index * step,
    height - edge - ((value - low) / span) * (height - 2 * edge),
  ]);
  const [x = 0, y = 0] = points.at(-1) ?? [];
  return (
    <svg className="sparkline" width={width} height={height} role="img" aria-label={words}>
      <polyline points={points.map((point) => point.map((one) => one.toFixed(1)).join(',')).join(' ')} />
      <circle cx={x} cy={y} r="2.5" />
    </svg>
  );
}
