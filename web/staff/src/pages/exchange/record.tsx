import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { BatchFacts } from './batch-evidence.tsx';
import { ProofButton, SentFields } from './evidence-parts.tsx';
import './exchange.css';
import { Faults } from './faults.tsx';
import { LookDialog } from './look-dialog.tsx';
import { recordState } from './states.ts';

type Fields = Answer<'lookAtExchangeRecord'>['fields'];

/** A mended record keeps what it was mended for until it is in its next batch. */
const faultTitles: Readonly<Record<string, string>> = { returned: '退回原因', waiting: '更正前的问题' };

/** 退出凭据: one record as it was sent, its digest, receipts, and every batch and attempt. */
export default function ExchangeRecord() {
  const { exitId = '' } = useParams();
  const may = useMay();
  const [looking, setLooking] = useState(false);
  const [whole, setWhole] = useState<Fields>();
  const { data, error, refetch } = useQuery({
    queryKey: ['exchange-record', exitId],
    queryFn: ({ signal }) => call('getExchangeRecord', { params: { id: exitId }, signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const [text, tag] = recordState(data.state);
  const fields = whole ?? data.fields;
  return (
    <Page
      title={`退出凭据：${data.name || data.serial}`}
      hint={`${data.officeName}，流水号${data.serial}，业务日期${data.date}`}
      tools={
        <>
          <Link to="/exchange">数据交换</Link>
          {may('application.read') && <Link to={`/cases/${data.applicationId}`}>看档案</Link>}
        </>
      }
    >
      <p role="status" className="evidence-state">
        <span className={`tag tag-${tag}`}>{text}</span>{' '}
        {data.settledAt && <span className="quiet num">{stampText(data.settledAt)}</span>}
      </p>
      {data.faults.length > 0 && (
        <Box title={faultTitles[data.state] ?? '有误之处'} id="faults">
          <Faults faults={data.faults} />
        </Box>
      )}
      <Box
        title="上报的内容"
        id="content"
        tools={
          whole ? (
            <Button size="small" onClick={() => setWhole(undefined)}>
              遮住号码
            </Button>
          ) : (
            data.fields.some(({ masked }) => masked) && (
              <ActionButton
                small
                why={may('exchange.mend') ? undefined : '您的角色不能查看完整号码。'}
                onClick={() => setLooking(true)}
              >
                显示完整号码
              </ActionButton>
            )
          )
        }
      >
        {fields.length === 0 ? (
          <p className="quiet">还没有进入批次，或者保存的内容打不开；可用“核验摘要”确认。</p>
        ) : (
          <SentFields fields={fields} codes />
        )}
      </Box>
      <Box title="摘要" id="proof">
        <dl className="evidence-fields">
          <dt>记录摘要（SM3）</dt>
          <dd className="digest">{data.digest}</dd>
          <dt>生成</dt>
          <dd className="num">{stampText(data.builtAt)}</dd>
        </dl>
        <ProofButton kind="record" id={exitId} />
      </Box>
      <Box title="批次和每次尝试" id="batches">
        {data.batches.length === 0 ? (
          <p className="quiet">还没有发出过。</p>
        ) : (
          data.batches.map((batch) => <BatchFacts key={batch.id} batch={batch} linked />)
        )}
      </Box>
      {looking && <LookDialog exitId={exitId} name={data.name} close={() => setLooking(false)} shown={setWhole} />}
    </Page>
  );
}
