import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Link, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { ProofButton, SentFields } from './evidence-parts.tsx';
import './exchange.css';
import { decisionState, deliveryState } from './states.ts';

/** 接收凭据 of a forwarded application: every delivery as it was received, and what was answered (M79-7a). */
export default function ExchangeForwarded() {
  const { number = '' } = useParams();
  const may = useMay();
  const { data, error, refetch } = useQuery({
    queryKey: ['exchange-forwarded', number],
    queryFn: ({ signal }) => call('getExchangeForwarded', { params: { number }, signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} whole />;
  if (!data) return <Loading />;
  const { deliveries, decisions } = data;
  const application = deliveries.find((one) => one.applicationId)?.applicationId;
  return (
    <Page
      title={`接收凭据：${number}`}
      hint={`平台转来的申请，${deliveries[0]?.officeName ?? ''}`}
      tools={
        <>
          <Link to="/exchange">数据交换</Link>
          {application && may('application.read') && <Link to={`/cases/${application}`}>看档案</Link>}
        </>
      }
    >
      {deliveries.map((one) => {
        const [text, tag] = deliveryState(one.state);
        return (
          <Box
            key={`${one.revision} ${one.officeName}`}
            title={`第${one.revision}版`}
            id={`delivery-${one.revision}`}
            tools={<span className={`tag tag-${tag}`}>{text}</span>}
          >
            {one.faults.length > 0 && (
              <p className="exchange-fault">{one.faults.map(({ message }) => message).join('；')}</p>
            )}
            <dl className="evidence-fields">
              <dt>本人提交</dt>
              <dd className="num">{stampText(one.submittedAt)}</dd>
              <dt>收到</dt>
              <dd className="num">{stampText(one.receivedAt)}</dd>
              <dt>内容摘要（SM3）</dt>
              <dd className="digest">{one.digest}</dd>
            </dl>
            <details className="evidence-more">
              <summary>收到的内容</summary>
              {one.fields.length === 0 ? (
                <p className="quiet">没有可读的登记表。</p>
              ) : (
                <SentFields fields={one.fields} />
              )}
            </details>
          </Box>
        );
      })}
      <Box title="核验" id="proof">
        <p className="quiet">重新计算以上各版的摘要，与收到时的比对。</p>
        <ProofButton kind="forwarded" id={number} />
      </Box>
      <Box title="答复平台" id="answers">
        {decisions.length === 0 ? (
          <p className="quiet">还没有答复。</p>
        ) : (
          <ul className="plain">
            {decisions.map((one) => {
              const [text, tag] = decisionState(one.state);
              return (
                <li key={one.id}>
                  <Link to={`/exchange/decisions/${one.id}`}>{one.outcomeText}</Link>{' '}
                  <span className={`tag tag-${tag}`}>{text}</span>{' '}
                  <span className="quiet num">{one.sentAt ? `${stampText(one.sentAt)}上传` : ''}</span>
                </li>
              );
            })}
          </ul>
        )}
      </Box>
    </Page>
  );
}
