import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import './exchange.css';
import { Faults } from './faults.tsx';
import { MendRecord } from './mend-record.tsx';
import { recordState } from './states.ts';

export type ToMend = Answer<'getRecordsToMend'>['items'][number];

/** 退出数据更正: what the own office has to set right, in plain words; once mended it is sent again by itself. */
export default function ToMendPage() {
  const may = useMay();
  const [mending, setMending] = useState<ToMend>();
  const list = useInfiniteQuery({
    queryKey: ['to-mend'],
    queryFn: ({ pageParam, signal }) =>
      call('getRecordsToMend', { query: { after: pageParam || undefined, limit: 30 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  useShortcuts({ r: () => void list.refetch() });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Page
      title="退出数据更正"
      hint="没有通过核对，或者被全国平台退回的退出记录。更正后自动按原流水号重新上传，不用另行操作。"
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title="没有要更正的记录">本机构的退出都已通过核对，没有被平台退回。</Empty>
      ) : (
        <Box title={`待更正（${list.data.pages[0]?.count ?? items.length}）`} id="to-mend">
          <ul className="checks">
            {items.map((item) => (
              <Row
                key={item.exitId}
                item={item}
                why={may('registration.correct') ? item.why : '由退出所在机构的经办人员更正。'}
                mend={() => setMending(item)}
              />
            ))}
          </ul>
        </Box>
      )}
      {list.hasNextPage && (
        <p className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            加载更多
          </Button>
        </p>
      )}
      {mending && <MendRecord item={mending} close={() => setMending(undefined)} />}
    </Page>
  );
}

function Row({ item, why, mend }: { item: ToMend; why: string | undefined; mend: () => void }) {
  const may = useMay();
  const [text, tag] = recordState(item.state);
  return (
    <li className="check check-open difference">
      <div className="check-head">
        {may('application.read') ? (
          <Link to={`/cases/${item.applicationId}`}>{item.name || item.serial}</Link>
        ) : (
          <b>{item.name || item.serial}</b>
        )}
        <span className={`tag tag-${tag}`}>{text}</span>
        <span>{item.reasonText}</span>
        <span className="quiet">{item.officeName}</span>
      </div>
      <Faults faults={item.faults} />
      <p className="quiet num small">
        流水号{item.serial}，业务日期{item.date}，{item.state === 'returned' ? '退回于' : '发现于'}
        {stampText(item.since)}
      </p>
      <div className="difference-act">
        <ActionButton small primary why={why} onClick={mend}>
          更正
        </ActionButton>
        {may('exchange.read') && <Link to={`/exchange/records/${item.exitId}`}>看凭据</Link>}
      </div>
    </li>
  );
}
