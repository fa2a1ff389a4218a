import { useInfiniteQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { Link, useParams } from 'react-router';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { BatchFacts } from './batch-evidence.tsx';
import { ProofButton } from './evidence-parts.tsx';
import './exchange.css';
import { Faults } from './faults.tsx';
import { recordState } from './states.ts';

/** 批次凭据: one batch as it was sent, and every record that travelled in it. */
export default function ExchangeBatch() {
  const { batchId = '' } = useParams();
  const list = useInfiniteQuery({
    queryKey: ['exchange-batch', batchId],
    queryFn: ({ pageParam, signal }) =>
      call('getExchangeBatch', { params: { id: batchId }, query: { after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const batch = list.data?.pages[0]?.batch;
  if (list.error && !batch) return <Failed error={list.error} retry={() => void list.refetch()} whole />;
  if (!batch) return <Loading />;
  const records = list.data?.pages.flatMap((page) => page.records) ?? [];
  return (
    <Page
      title={`批次凭据：${batch.id}`}
      hint={`${batch.divisionName}，业务日期${batch.date}`}
      tools={<Link to={`/exchange?on=${batch.date}`}>数据交换</Link>}
    >
      <Box title="摘要和回执" id="evidence">
        <BatchFacts batch={batch} />
        <ProofButton kind="batch" id={batchId} />
      </Box>
      <Box title={`批内记录（${batch.count}）`} id="records">
        {records.length === 0 ? (
          <Empty title={batch.count === 0 ? '零报告：当天没有退出' : '记录已改由别的批次上报'} />
        ) : (
          <ul className="plain">
            {records.map((record) => {
              const [text, tag] = recordState(record.state);
              return (
                <li key={record.exitId}>
                  <Link to={`/exchange/records/${record.exitId}`}>{record.name || record.serial}</Link>{' '}
                  <span className={`tag tag-${tag}`}>{text}</span> <span className="quiet num">{record.serial}</span>
                  <Faults faults={record.faults} />
                </li>
              );
            })}
          </ul>
        )}
        {list.hasNextPage && (
          <p className="more">
            <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              加载更多
            </Button>
          </p>
        )}
      </Box>
    </Page>
  );
}
