import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Link, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { Attempts, ProofButton, SentFields } from './evidence-parts.tsx';
import './exchange.css';
import { Faults } from './faults.tsx';
import { decisionState } from './states.ts';

/** 上传凭据 of a result of review: what was sent, its digest, receipt, and every attempt (M79-7a). */
export default function ExchangeDecision() {
  const { decisionId = '' } = useParams();
  const may = useMay();
  const { data, error, refetch } = useQuery({
    queryKey: ['exchange-decision', decisionId],
    queryFn: ({ signal }) => call('getExchangeDecision', { params: { id: decisionId }, signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const { upload, fields, attempts } = data;
  const [text, tag] = decisionState(upload.state);
  return (
    <Page
      title={`审核结果凭据：${upload.name || upload.platformNumber || upload.number}`}
      hint={`${upload.officeName}，${upload.outcomeText}，${stampText(upload.decidedAt)}办结`}
      tools={
        <>
          <Link to="/exchange">数据交换</Link>
          {upload.platformNumber && <Link to={`/exchange/forwarded/${upload.platformNumber}`}>平台转来的申请</Link>}
          {upload.applicationId && may('application.read') && <Link to={`/cases/${upload.applicationId}`}>看档案</Link>}
        </>
      }
    >
      <p role="status" className="evidence-state">
        <span className={`tag tag-${tag}`}>{text}</span>
      </p>
      {upload.faults.length > 0 && (
        <Box title={upload.state === 'waiting' ? '更正前的退回原因' : '退回原因'} id="faults">
          <Faults faults={upload.faults} />
        </Box>
      )}
      <Box title="上报的内容" id="content">
        {fields.length === 0 ? <p className="quiet">还没有上传过。</p> : <SentFields fields={fields} codes />}
      </Box>
      {upload.digest && (
        <Box title="摘要和回执" id="proof">
          <dl className="evidence-fields">
            <dt>内容摘要（SM3）</dt>
            <dd className="digest">{upload.digest}</dd>
            {upload.sentAt && (
              <>
                <dt>最近发出</dt>
                <dd className="num">{stampText(upload.sentAt)}</dd>
              </>
            )}
            <dt>回执</dt>
            <dd className="num">{upload.receipt ?? '没有'}</dd>
          </dl>
          <ProofButton kind="decision" id={decisionId} />
        </Box>
      )}
      <Box title="每次尝试" id="attempts">
        {attempts.length === 0 ? <p className="quiet">还没有上传过。</p> : <Attempts attempts={attempts} />}
      </Box>
    </Page>
  );
}
