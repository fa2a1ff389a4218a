/** One step of the chart. */
export interface ChartStep {
  who: string;
  name: string;
  /** By when, if the law says so. */
  when?: string;
  lines: readonly string[];
}

const boxWidth = 300;
const boxHeight = 128;
const gap = 44;
const columns = 3;

/** A wavering line, so that the chart looks drawn and not engineered. The waver depends on the place only. */
function box(x: number, y: number, w: number, h: number, n: number): string {
  const d = (k: number) => (((n * 7 + k * 13) % 5) - 2) * 0.9;
  return [
    `M${x + 12} ${y + d(1)}`,
    `C${x + w / 3} ${y + d(2) - 1} ${x + (w * 2) / 3} ${y + d(3) + 1} ${x + w - 12} ${y + d(4)}`,
    `Q${x + w + d(5)} ${y} ${x + w + d(1)} ${y + 12}`,
    `C${x + w + d(2)} ${y + h / 3} ${x + w + d(3)} ${y + (h * 2) / 3} ${x + w + d(4)} ${y + h - 12}`,
    `Q${x + w} ${y + h + d(2)} ${x + w - 12} ${y + h + d(1)}`,
    `C${x + (w * 2) / 3} ${y + h + d(3) + 1} ${x + w / 3} ${y + h + d(5) - 1} ${x + 12} ${y + h + d(2)}`,
    `Q${x + d(4)} ${y + h} ${x + d(3)} ${y + h - 12}`,
    `C${x + d(1)} ${y + (h * 2) / 3} ${x + d(4)} ${y + h / 3} ${x + d(2)} ${y + 12}`,
    `Q${x} ${y + d(5)} ${x + 12} ${y + d(1)}Z`,
  ].join('');
}

type Spot = { x: number; y: number };

/** Top left of a step's box: down the page on a phone, in two rows like a snake on a wide screen. */
function spots(count: number, wide: boolean): Spot[] {
  return Array.from({ length: count }, (_, i) => {
    if (!wide) return { x: 6, y: 6 + i * (boxHeight + gap) };
    const row = Math.floor(i / columns);
    const at = i % columns;
    const column = row % 2 === 0 ? at : columns - 1 - at;
    return { x: 6 + column * (boxWidth + gap), y: 6 + row * (boxHeight + gap + 8) };
  });
}

function arrow(from: Spot, to: Spot): string {
  const middle = (spot: Spot) => ({ x: spot.x + boxWidth / 2, y: spot.y + boxHeight / 2 });
  const [a, b] = [middle(from), middle(to)];
  const across = Math.abs(a.x - b.x) > 1;
  const sign = across ? Math.sign(b.x - a.x) : 1;
  const [sx, sy] = across ? [a.x + (sign * boxWidth) / 2 + sign * 5, a.y] : [a.x, a.y + boxHeight / 2 + 5];
  const [ex, ey] = across ? [b.x - (sign * boxWidth) / 2 - sign * 5, b.y] : [b.x, b.y - boxHeight / 2 - 5];
  const head = across
    ? `M${ex - sign * 10} ${ey - 7}L${ex} ${ey}L${ex - sign * 10} ${ey + 7}`
    : `M${ex - 7} ${ey - 10}L${ex} ${ey}L${ex + 7} ${ey - 10}`;
  const bend = across ? `Q${(sx + ex) / 2} ${sy - 3} ${ex} ${ey}` : `Q${sx + 3} ${(sy + ey) / 2} ${ex} ${ey}`;
  return `M${sx} ${sy}${bend}${head}`;
}

/** The chart as a picture with the same words for who listens. Drawn twice: tall for phones, wide for desks. */
export function ProcessChart({ steps }: { steps: readonly ChartStep[] }) {
  return (
    <figure className="chart">
      <Drawing steps={steps} wide={false} />
      <Drawing steps={steps} wide />
      <figcaption className="only-spoken">
        <ol>
          {steps.map((step) => (
            <li key={step.name}>
              {step.name}（{step.who}）{step.when}：{step.lines.join('，')}
            </li>
          ))}
        </ol>
      </figcaption>
    </figure>
  );
}

function Drawing({ steps, wide }: { steps: readonly ChartStep[]; wide: boolean }) {
  const places = spots(steps.length, wide);
  const width = wide ? columns * boxWidth + (columns - 1) * gap + 12 : boxWidth + 12;
  const rows = wide ? Math.ceil(steps.length / columns) : steps.length;
  const height = rows * (boxHeight + gap + (wide ? 8 : 0)) - gap + 12;
  return (
    <svg className={wide ? 'chart-wide' : 'chart-tall'} viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
      {steps.map((step, i) => {
        const spot = places[i] ?? { x: 0, y: 0 };
        const next = places[i + 1];
        const yours = step.who.startsWith('您');
        return (
          <g key={step.name} className={yours ? 'yours' : 'ours'}>
            <path className="chart-box" d={box(spot.x, spot.y, boxWidth, boxHeight, i + 1)} />
            <circle className="chart-dot" cx={spot.x + 28} cy={spot.y + 30} r="15" />
            <text className="chart-number" x={spot.x + 28} y={spot.y + 36} textAnchor="middle">
              {i + 1}
            </text>
            <text className="chart-name" x={spot.x + 52} y={spot.y + 37}>
              {step.name}
            </text>
            <text className="chart-who" x={spot.x + boxWidth - 16} y={spot.y + 36} textAnchor="end">
              {step.who}
            </text>
            {step.when && (
              <text className="chart-when" x={spot.x + 16} y={spot.y + 66}>
                {step.when}
              </text>
            )}
            {step.lines.map((line, k) => (
              <text key={line} className="chart-line" x={spot.x + 16} y={spot.y + (step.when ? 90 : 76) + k * 22}>
                {line}
              </text>
            ))}
            {next && <path className="chart-arrow" d={arrow(spot, next)} />}
          </g>
        );
      })}
    </svg>
  );
}
