import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Select } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { Due } from '../../parts/due.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { countText, monthText, rateText } from './words.ts';
import './reports.css';

type Head = Answer<'getReports'>['items'][number];

/** 统计月报: every report of a month in the own range, with its state and its due day (M79-9). */
export default function Reports() {
  const [search, setSearch] = useSearchParams();
  const asked = search.get('month') ?? undefined;
  const { data, error, refetch } = useQuery({
    queryKey: ['reports', asked],
    queryFn: ({ signal }) => call('getReports', { query: { month: asked }, signal }),
  });
  return (
    <Page title="统计月报" hint="每月21日至次月20日24时为一期，次月初3日内报送，遇休息日顺延。">
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <div className="report-month">
            <Field label="报表期">
              <Select
                value={data.month}
                onChange={(month) => setSearch({ month })}
                options={data.months.map((month) => ({ value: month, label: monthText(month) }))}
              />
            </Field>
          </div>
          <HeadTable items={data.items} />
        </>
      )}
    </Page>
  );
}

/** Reports beside each other, each with the way to its sheet. */
export function HeadTable({ items }: { items: readonly Head[] }) {
  if (items.length === 0) return <Empty title="您的辖区没有单独编报的机构" />;
  return (
    <table className="report-heads">
      <thead>
        <tr>
          <th scope="col">地区</th>
          <th scope="col">状态</th>
          <th scope="col" className="num">
            期末人数
          </th>
          <th scope="col" className="num">
            登记失业率
          </th>
          <th scope="col">报送期限</th>
        </tr>
      </thead>
      <tbody>
        {items.map((head) => (
          <tr key={head.division} className={head.level === 'county' ? undefined : 'report-whole'}>
            <th scope="row">
              <Link to={`/reports/${head.division}/${head.month}`}>{head.name}</Link>
            </th>
            <td>
              <span className={`tag report-${head.state}`}>{head.stateText}</span>
              {head.revision > 1 && <span className="quiet beside">第{head.revision}次</span>}
              {head.failing > 0 && <span className="tone-late beside">{head.failing}项不平衡</span>}
            </td>
            <td className="num" data-name="期末人数">
              {countText(head.closing)}
            </td>
            <td className="num" data-name="登记失业率">
              {rateText(head.rate)}
            </td>
            <td data-name="报送期限">
              {head.due ? <Due on={head.due.on} state={head.due.state} /> : <span className="quiet">日历未维护</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
