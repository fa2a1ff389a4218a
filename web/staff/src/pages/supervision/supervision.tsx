import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { Events } from './events.tsx';
import { needsEye } from './figures.tsx';
import { type FigureRow, FiguresTable } from './figures-table.tsx';
import { Reviews } from './reviews.tsx';

type Answered = Answer<'getSupervisionFigures'>;

/** The supervisor's desk: what waits for a second person, what is late, whose it is; how the last thirty days went (M79-14). */
export default function Supervision() {
  const may = useMay();
  const { data, error, refetch, isRefetching } = useQuery({
    queryKey: ['supervision', 'figures'],
    queryFn: ({ signal }) => call('getSupervisionFigures', { signal }),
  });
  useShortcuts({ r: () => void refetch() });
  return (
    <Page
      title="督导"
      hint="数字都能点开，看到具体的业务。“将到期”指今天和下一个工作日到期。"
      tools={
        <Button onClick={() => void refetch()} loading={isRefetching}>
          刷新
          <span className="key" aria-hidden="true">
            r
          </span>
        </Button>
      }
    >
      {may('exit.review') && <Reviews />}
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading what="正在统计" />
      ) : (
        <>
          <Box id="by-office" title="各机构">
            <FiguresTable first="机构" rows={officeRows(data)} since={data.since} />
          </Box>
          <People data={data} />
          <p className="hint figures-note">
            按期办结率、按期联系率：期限在{dayText(data.since)}至{dayText(data.until)}
            之间届满的业务中，在期限内办结、联系上的占比；到期仍未办理的计入未按期。本人撤回、转出本机构的不计。
            用时中位数：同一批业务中已办结的，从提交到办结（首次联系从登记到联系上）的天数排序后居中的一个，按日历天数，当天为0天。
            办结按办结人统计，联系按经办人统计。不当理由是同期被系统拦下的次数。
          </p>
        </>
      )}
      <Events ready={data !== undefined || error !== null} />
    </Page>
  );
}

/** Whose work it is. Colleagues with nothing open and nothing missed are folded away, but there: work may be given to them. */
function People({ data }: { data: Answered }) {
  const [all, setAll] = useState(false);
  const rows = peopleRows(data);
  const busy = rows.filter(({ figures }) => needsEye(figures));
  const idle = rows.length - busy.length;
  return (
    <Box
      id="by-person"
      title="各经办人"
      tools={
        idle > 0 && (
          <Button size="small" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? '只看有待办或有逾期的' : `另有${idle}人没有待办、没有逾期`}
          </Button>
        )
      }
    >
      {busy.length === 0 && !all ? (
        <p className="quiet">没有待办，也没有逾期。</p>
      ) : (
        <FiguresTable first="经办人" rows={all ? rows : busy} since={data.since} />
      )}
      {data.more > 0 && <p className="hint">另有{data.more}人没有列出。</p>}
    </Box>
  );
}

function officeRows({ offices, total }: Answered): FigureRow[] {
  const rows = offices.map(({ code, name, figures, below }): FigureRow => {
    const children = below.map(
      (place): FigureRow => ({
        key: place.code,
        name: place.name,
        whose: { office: place.code },
        figures: place.figures,
      }),
    );
    const row = { key: code, name, whose: { office: code }, figures };
    return children.length > 0 ? { ...row, children } : row;
  });
  return rows.length > 1 ? [{ key: 'total', name: '合计', whose: {}, figures: total }, ...rows] : rows;
}

function peopleRows({ people }: Answered): FigureRow[] {
  return people.map(({ id, name, roleText, officeName, closed, figures }) => ({
    key: id ?? 'none',
    name: closed ? `${name}（账号已停用）` : name,
    under: id ? `${officeName}，${roleText}` : '等人领取',
    whose: { assigned: id ?? 'none' },
    figures,
  }));
}
