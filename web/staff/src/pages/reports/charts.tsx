import { formReasons } from '@yingdeng/contract/code-tables.ts';
import { exitReasonRules } from '@yingdeng/rules/exit-reasons.ts';
import { bandAges, bandText } from '@yingdeng/rules/statistics/pyramid.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Chart, chartBase } from '../../parts/chart.tsx';
import type { Sheet } from './report.tsx';
import { countText, rateText } from './words.ts';

type Trend = Answer<'getTrend'>;
type Month = Trend['months'][number];

const short = (month: string): string => `${Number(month.slice(5))}月`;
/** 「11月」, with its year on the first and on each January. */
const monthLabels = (months: readonly Month[]): string[] =>
  months.map(({ month }, index) =>
    index === 0 || month.endsWith('-01') ? `${short(month)}\n${month.slice(0, 4)}` : short(month),
  );
const grid = { left: 8, right: 16, top: 34, bottom: 4, containLabel: true };
const fromTo = (name: string, of: (month: Month) => string, months: readonly Month[]): string => {
  const [first, last] = [months[0], months.at(-1)];
  return first && last ? `${first.month}${name}${of(first)}，${last.month}${of(last)}。` : '';
};

/** Closing stock and what came and went, month by month; the rate where there is one. */
export function TrendCharts({ months }: { months: readonly Month[] }) {
  const labels = monthLabels(months);
  const axis = { type: 'category', data: labels, axisTick: { show: false } };
  const rated = months.filter(({ rate }) => rate);
  return (
    <div className="charts">
      <Chart
        title="期末实有登记失业人数"
        words={fromTo('', ({ closing }) => `${countText(closing)}人`, months)}
        option={{
          ...chartBase,
          legend: { show: false },
          grid: { ...grid, top: 12 },
          xAxis: axis,
          yAxis: { type: 'value', scale: true, minInterval: 1 },
          series: [
            {
              name: '期末人数',
              type: 'line',
              symbolSize: 7,
              lineStyle: { width: 2 },
              data: months.map((one) => one.closing),
            },
          ],
        }}
      />
      <Chart
        title="本期新登记和退出"
        words={`${fromTo('新登记', (one) => `${one.new}人`, months)}${fromTo('退出', (one) => `${one.exits}人`, months)}`}
        option={{
          ...chartBase,
          grid,
          xAxis: axis,
          yAxis: { type: 'value', minInterval: 1 },
          series: [
            { name: '新登记', type: 'bar', barMaxWidth: 14, data: months.map((one) => one.new) },
            { name: '退出', type: 'bar', barMaxWidth: 14, data: months.map((one) => one.exits) },
          ],
        }}
      />
      {rated.length > 0 && (
        <Chart
          title="登记失业率（%）"
          words={fromTo('', ({ rate }) => rateText(rate), rated)}
          option={{
            ...chartBase,
            legend: { show: false },
            grid: { ...grid, top: 12 },
            xAxis: axis,
            yAxis: { type: 'value', scale: true },
            series: [
              {
                name: '登记失业率',
                type: 'line',
                symbolSize: 7,
                lineStyle: { width: 2 },
                data: months.map(({ rate }) => rate?.rate ?? null),
              },
            ],
          }}
        />
      )}
    </div>
  );
}

/** The numbers under the pictures. */
export function TrendTable({ months, place }: { months: readonly Month[]; place: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than its box is moved with the arrow keys.
    <section className="report-scroll report-months" aria-label={`${place}各期数字，可左右移动`} tabIndex={0}>
      <table className="report-sheet">
        <thead>
          <tr>
            <th scope="col">报表期</th>
            <th scope="col">期末人数</th>
            <th scope="col">新登记</th>
            <th scope="col">退出</th>
            <th scope="col">登记失业率</th>
            <th scope="col">来源</th>
          </tr>
        </thead>
        <tbody>
          {months.toReversed().map((one) => (
            <tr key={one.month}>
              <th scope="row">{one.month}</th>
              <td>{countText(one.closing)}</td>
              <td>{countText(one.new)}</td>
              <td>{countText(one.exits)}</td>
              <td>{rateText(one.rate)}</td>
              <td>{one.from === 'report' ? `月报（${one.stateText}）` : '登记记录'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface Reason {
  readonly text: string;
  readonly count: number;
}
const clip = (text: string): string => (text.length > 13 ? `${text.slice(0, 12)}…` : text);

function Reasons({ title, reasons, colour }: { title: string; reasons: readonly Reason[]; colour: string }) {
  const rows = reasons.filter(({ count }) => count > 0).sort((a, b) => a.count - b.count);
  const words = rows
    .toReversed()
    .map(({ text, count }) => `${text}${count}人`)
    .join('，');
  if (rows.length === 0) return <p className="quiet">{title}：没有。</p>;
  return (
    <Chart
      title={title}
      words={words}
      height={34 + rows.length * 26}
      option={{
        ...chartBase,
        legend: { show: false },
        grid: { left: 8, right: 44, top: 4, bottom: 4, containLabel: true },
        xAxis: { type: 'value', minInterval: 1, axisLabel: { show: false }, splitLine: { show: false } },
        yAxis: { type: 'category', data: rows.map(({ text }) => clip(text)), axisTick: { show: false } },
        series: [
          {
            name: '人数',
            type: 'bar',
            barMaxWidth: 16,
            itemStyle: { color: colour, decal: { symbol: 'none' } },
            label: { show: true, position: 'right', color: '#1c2529' },
            data: rows.map(({ count }) => count),
          },
        ],
      }}
    />
  );
}

/** Who came and who went, by reason. */
export function FlowCharts({ newBy, exitsBy }: Pick<Month, 'newBy' | 'exitsBy'>) {
  return (
    <div className="charts">
      <Reasons
        title="新登记的失业原因"
        colour={chartBase.color[0] ?? ''}
        reasons={formReasons.map(({ box, text }) => ({ text, count: newBy[String(box)] ?? 0 }))}
      />
      <Reasons
        title="退出原因"
        colour={chartBase.color[1] ?? ''}
        reasons={Object.entries(exitReasonRules).map(([code, { text }]) => ({ text, count: exitsBy[code] ?? 0 }))}
      />
    </div>
  );
}

/** The next number with one digit and noughts that halves well: 532 → 600. */
function roundUp(count: number): number {
  const step = 2 * 10 ** Math.floor(Math.log10(count / 2));
  return Math.ceil(count / step) * step;
}

/** The stock by age and sex: men to the left, women to the right, the youngest below. */
export function PyramidChart({ ages }: { ages: Sheet['ages'] }) {
  const bands = bandAges.map(String);
  const of = (name: string, sex: 0 | 1 | 2) => ages[name]?.[sex] ?? 0;
  const sum = (sex: 0 | 1 | 2) => Object.values(ages).reduce((total, band) => total + band[sex], 0);
  const most = roundUp(Math.max(4, ...bands.flatMap((name) => [of(name, 0), of(name, 1)])));
  const largest = bands.toSorted((a, b) => of(b, 0) + of(b, 1) - of(a, 0) - of(a, 1))[0] ?? '';
  const unknown = ages.unknown?.reduce((total, count) => total + count, 0) ?? 0;
  return (
    <Chart
      title="期末人员的年龄和性别"
      words={`男${sum(0)}人，女${sum(1)}人；最多的是${bandText(largest)}。`}
      height={300}
      option={{
        ...chartBase,
        grid,
        tooltip: { ...chartBase.tooltip, valueFormatter: (value: unknown) => `${Math.abs(Number(value))}人` },
        // Men stand to the left of nought, which nobody is to read as less than none.
        xAxis: {
          type: 'value',
          min: -most,
          max: most,
          interval: most / 2,
          axisLabel: { formatter: (value: number) => String(Math.abs(value)) },
        },
        yAxis: { type: 'category', data: bands.map(bandText), axisTick: { show: false }, axisLine: { onZero: false } },
        series: [
          { name: '男', type: 'bar', stack: 'both', barMaxWidth: 18, data: bands.map((name) => -of(name, 0)) },
          { name: '女', type: 'bar', stack: 'both', barMaxWidth: 18, data: bands.map((name) => of(name, 1)) },
        ],
      }}
    >
      <details>
        <summary>数据表</summary>
        <table className="report-sheet">
          <thead>
            <tr>
              <th scope="col">年龄</th>
              <th scope="col">男</th>
              <th scope="col">女</th>
            </tr>
          </thead>
          <tbody>
            {[...bands, ...(unknown > 0 ? ['unknown'] : [])].map((name) => (
              <tr key={name}>
                <th scope="row">{bandText(name)}</th>
                <td>{countText(of(name, 0))}</td>
                <td>{countText(of(name, 1))}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Chart>
  );
}
