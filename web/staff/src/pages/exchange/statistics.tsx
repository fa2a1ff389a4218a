import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { addDays } from '@yingdeng/rules/calendar.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Table } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import './inbound.css';

type Statistics = Answer<'getUploadStatistics'>;
type Day = Statistics['days'][number];
type Kind = 'exits' | 'decisions' | 'registrations';

const DAYS = 10;
const kinds: readonly (readonly [kind: Kind, title: string])[] = [
  ['exits', '退出'],
  ['decisions', '审核结果'],
  ['registrations', '失业登记'],
];

/** 平台统计: what the platform says it has received, day by day, beside what we have receipts for (M79-7b). */
export default function UploadStatistics() {
  const today = useToday();
  if (!today) return <Loading />;
  return <Asked today={today} />;
}

function Asked({ today }: { today: string }) {
  const narrow = useNarrow();
  const [from, setFrom] = useState(addDays(today, 1 - DAYS));
  const [to, setTo] = useState(today);
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['upload-statistics', from, to],
    queryFn: ({ signal }) => call('getUploadStatistics', { query: { from, to }, signal }),
    enabled: from !== '' && to !== '',
    placeholderData: keepPreviousData,
  });
  useShortcuts({ r: () => void refetch() });
  const differing = data?.days.filter((day) => kinds.some(([kind]) => day[kind].differs)).length ?? 0;
  return (
    <Page
      title="平台统计"
      hint="向全国平台查询它收到多少，与本系统有回执的数量对照。退出和登记按上报日期计，审核结果按办结日期计。"
      tools={
        <Button onClick={() => void refetch()} loading={isFetching}>
          重新查询
          <span className="key" aria-hidden="true">
            r
          </span>
        </Button>
      }
    >
      <div className="between">
        <Field label="从">
          <DateField value={from} onChange={setFrom} />
        </Field>
        <Field label="到">
          <DateField value={to} onChange={setTo} />
        </Field>
      </div>
      {error ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <p className={!data.answered || differing > 0 ? 'verdict verdict-bad' : 'verdict'} role="status">
            {!data.answered
              ? '全国平台没有应答，下面只有本系统的数量。'
              : differing > 0
                ? `有${differing}天与平台不同，已标出。退出的不同到“数据交换”里逐条核对。`
                : '这些天与平台全部一致。'}
          </p>
          {narrow ? (
            <ul className="cards">
              {data.days.map((day) => (
                <li key={day.date} className="card">
                  <b className="num">{day.date}</b>
                  {kinds.map(([kind, title]) => (
                    <span key={kind} className="card-top">
                      <span>{title}</span>
                      <Pair {...day[kind]} words />
                    </span>
                  ))}
                </li>
              ))}
            </ul>
          ) : (
            <Table
              size="small"
              rowKey="date"
              pagination={false}
              bordered
              dataSource={[...data.days]}
              columns={[
                { title: '日期', dataIndex: 'date', className: 'num', width: 130 },
                ...kinds.map(([kind, title]) => ({
                  title,
                  key: kind,
                  children: [
                    {
                      title: '本系统',
                      key: 'ours',
                      align: 'right' as const,
                      render: (_: unknown, day: Day) => <Figure value={day[kind].ours} />,
                    },
                    {
                      title: '平台',
                      key: 'platform',
                      align: 'right' as const,
                      render: (_: unknown, day: Day) => <There {...day[kind]} />,
                    },
                  ],
                })),
              ]}
              summary={() => (
                <Table.Summary.Row>
                  <Table.Summary.Cell index={0}>合计</Table.Summary.Cell>
                  {kinds.flatMap(([kind], at) => [
                    <Table.Summary.Cell key={`${kind}-ours`} index={1 + at * 2} align="right">
                      <b className="num">{data.totals[kind].ours}</b>
                    </Table.Summary.Cell>,
                    <Table.Summary.Cell key={kind} index={2 + at * 2} align="right">
                      <There {...data.totals[kind]} />
                    </Table.Summary.Cell>,
                  ])}
                </Table.Summary.Row>
              )}
            />
          )}
        </>
      )}
    </Page>
  );
}

const Figure = ({ value }: { value: number }) => <span className={value === 0 ? 'num quiet' : 'num'}>{value}</span>;

function There({ ours, platform, differs }: Day['exits']) {
  if (platform === undefined) return <span className="quiet">—</span>;
  if (!differs) return <Figure value={platform} />;
  const gap = platform - ours;
  return (
    <span className="num tone-late">
      {platform}（{gap > 0 ? `多${gap}` : `少${-gap}`}）
    </span>
  );
}

const Pair = (counted: Day['exits'] & { words: true }) => (
  <span className="num">
    本系统{counted.ours}，平台
    <There {...counted} />
  </span>
);
