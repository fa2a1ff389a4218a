import type { EChartsCoreOption } from 'echarts/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { theme } from '../theme.ts';

/** Three colours told apart by whoever sees colours differently (Okabe and Ito), dark enough on white for a line. */
const chartColours = ['#0072b2', '#d55e00', '#00795b'];

/** What all charts share: type (by name, for room is measured by it), quiet axes, patterns beside the colours, no movement. */
export const chartBase = {
  animation: false,
  color: chartColours,
  textStyle: { fontFamily: theme.token?.fontFamily, fontSize: 12, color: '#1c2529' },
  aria: { enabled: true, label: { enabled: false }, decal: { show: true } },
  tooltip: { trigger: 'axis', confine: true, axisPointer: { type: 'shadow' } },
  legend: { top: 0, left: 0, itemWidth: 16, itemHeight: 10, textStyle: { color: '#1c2529' } },
};

/**
 * A picture with its words: what it shows in one sentence for whoever does not see it, the numbers below in `children`.
 */
export function Chart({
  title,
  words,
  option,
  height = 260,
  children,
}: {
  title: string;
  words: string;
  option: EChartsCoreOption;
  height?: number;
  children?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  const text = JSON.stringify(option);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn is told by its text; the object is new each time.
  useEffect(() => {
    let take: (() => void) | undefined;
    let gone = false;
    void import('../lib/charts.ts').then(({ draw }) => {
      if (box.current && !gone) take = draw(box.current, option);
    });
    return () => {
      gone = true;
      take?.();
    };
  }, [text]);
  return (
    <figure className="chart">
      <figcaption>{title}</figcaption>
      <div ref={box} role="img" aria-label={`${title}。${words}`} style={{ height }} />
      {children}
    </figure>
  );
}
