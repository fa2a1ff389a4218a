import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Select } from 'antd';
import { useSearchParams } from 'react-router';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { FlowCharts, TrendCharts, TrendTable } from './charts.tsx';
import { PlacePath } from './place-path.tsx';
import './reports.css';

const spans = { '13': '最近13期', '25': '最近25期', '36': '最近36期' } as const;

/** 趋势: stock, flow and rate of a place over its last months, pictures first, the numbers under them. */
export default function Trends() {
  const [search, setSearch] = useSearchParams();
  const place = search.get('place') ?? undefined;
  const months = Number(search.get('months') ?? 13);
  const { data, error, refetch } = useQuery({
    queryKey: ['trend', place, months],
    queryFn: ({ signal }) => call('getTrend', { query: { place, months }, signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const go = (part: Record<string, string>) =>
    setSearch({ ...(place ? { place } : {}), months: String(months), ...part });
  const newBy = added(data.months.map((one) => one.newBy));
  const exitsBy = added(data.months.map((one) => one.exitsBy));
  return (
    <Page
      title={`${data.place.name}登记失业趋势`}
      hint="已编报的各期按月报，其余按登记记录推算。登记失业率以填写了城镇从业人员数的各期为限。"
    >
      <PlacePath to="/trends" path={data.path} />
      <div className="report-month report-choices">
        {data.below.length > 0 && (
          <Field label="所辖">
            <Select
              placeholder="往下看"
              value={null}
              onChange={(code) => code && go({ place: code })}
              options={data.below.map(({ code, name }) => ({ value: code, label: name }))}
            />
          </Field>
        )}
        <Field label="期数">
          <Select
            value={String(months)}
            onChange={(value) => go({ months: value })}
            options={Object.entries(spans).map(([value, label]) => ({ value, label }))}
          />
        </Field>
      </div>
      <TrendCharts months={data.months} />
      <TrendTable months={data.months} place={data.place.name} />
      <h2 className="report-part">各期合计的原因</h2>
      <FlowCharts newBy={newBy} exitsBy={exitsBy} />
    </Page>
  );
}

function added(parts: readonly Record<string, number>[]): Record<string, number> {
  const whole: Record<string, number> = {};
  for (const part of parts) for (const [code, count] of Object.entries(part)) whole[code] = (whole[code] ?? 0) + count;
  return whole;
}
