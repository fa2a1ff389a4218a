import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { Link, useSearchParams } from 'react-router';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { ListTable, type ListTexts } from '../worklists/list-table.tsx';
import { More } from '../worklists/more.tsx';
import { useList } from '../worklists/use-list.ts';

const missed = {
  decision: { title: '未按期办结', due: '办结期限', note: '结果', number: '受理编号', at: '提交时间' },
  contact: { title: '未按期联系', due: '联系期限', note: '结果', number: '登记编号', at: '登记时间' },
} as const;
const took = {
  decision: { ...missed.decision, title: '办结用时' },
  contact: { ...missed.contact, title: '首次联系用时' },
} as const;

/** The cases behind a share: due dates of the last thirty days that were not kept, with what was done last. */
export default function Missed() {
  return (
    <Window
      name="missed"
      read={(query, signal) => call('getMissedDays', { query, signal })}
      texts={missed}
      hint="近30天内期限届满、没有在期限内完成的业务，期限早的在前。"
      none="都按期完成了"
    />
  );
}

/** The cases behind a median: what was due in the last thirty days and is done, with the days it took. */
export function DaysTaken() {
  return (
    <Window
      name="days"
      read={(query, signal) => call('getDaysTaken', { query, signal })}
      texts={took}
      hint="近30天内期限届满、已经完成的业务，期限早的在前。天数按日历计算，提交或登记当天为0天。"
      none="没有已完成的业务"
    />
  );
}

type Query = { kind: 'decision' | 'contact'; office?: string; assigned?: string; after?: string };

function Window({
  name,
  read,
  texts,
  hint,
  none,
}: {
  name: string;
  read: (query: Query, signal: AbortSignal) => Promise<Answer<'getMissedDays'>>;
  texts: Readonly<Record<Query['kind'], ListTexts & { title: string }>>;
  hint: string;
  none: string;
}) {
  const [query] = useSearchParams();
  const kind = query.get('kind') === 'contact' ? 'contact' : 'decision';
  const office = query.get('office') || undefined;
  const assigned = query.get('assigned') || undefined;
  const { list, items, all, current, open, walk, point } = useList(
    ['supervision', name, kind, office, assigned],
    (after, signal) => read({ kind, office, assigned, after }, signal),
  );
  return (
    <Page
      title={texts[kind].title}
      hint={
        <>
          {hint}
          <Link to="/supervision">回到督导</Link>
        </>
      }
      tools={
        <Button onClick={() => void list.refetch()} loading={list.isRefetching}>
          刷新
          <span className="key" aria-hidden="true">
            r
          </span>
        </Button>
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={none} />
      ) : (
        <>
          <ListTable texts={texts[kind]} items={items} current={current} open={open} walk={walk} point={point} />
          <More list={list} count={all.length} />
        </>
      )}
    </Page>
  );
}
