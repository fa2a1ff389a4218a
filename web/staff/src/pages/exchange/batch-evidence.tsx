import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Attempts } from './evidence-parts.tsx';
import { batchState } from './states.ts';

type BatchEvidence = Answer<'getExchangeBatch'>['batch'];

/** A batch as evidence: digest, times, receipt, and every attempt. `linked`: its number leads to its own page. */
export function BatchFacts({ batch, linked }: { batch: BatchEvidence; linked?: boolean }) {
  const [text, tag] = batchState(batch.state);
  return (
    <div className="batch-evidence">
      <div className="check-head">
        {linked ? (
          <Link className="num" to={`/exchange/batches/${batch.id}`}>
            {batch.id}
          </Link>
        ) : (
          <b className="num">{batch.id}</b>
        )}
        <span className={`tag tag-${tag}`}>{text}</span>
        <span className="quiet">
          {batch.divisionName}，{batch.count === 0 ? '零报告' : `${batch.count}条`}
        </span>
      </div>
      <dl className="evidence-fields">
        <dt>内容摘要（SM3）</dt>
        <dd className="digest">{batch.digest}</dd>
        <dt>生成</dt>
        <dd className="num">{stampText(batch.builtAt)}</dd>
        {batch.sentAt && (
          <>
            <dt>最近发出</dt>
            <dd className="num">{stampText(batch.sentAt)}</dd>
          </>
        )}
        <dt>回执</dt>
        <dd className="num">
          {batch.receipt ?? '没有'}
          {batch.receiptAt && <span className="quiet"> {stampText(batch.receiptAt)}</span>}
        </dd>
      </dl>
      {batch.attempts.length > 0 && <Attempts attempts={batch.attempts} />}
    </div>
  );
}
