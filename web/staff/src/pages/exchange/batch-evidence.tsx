import { useMutation } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { Refused } from '../../parts/notice.tsx';
import { batchStates } from './states.ts';

export type BatchEvidence = Answer<'getExchangeBatch'>['batch'];

/** A batch as evidence: digest, times, receipt, and every attempt. `linked`: its number leads to its own page. */
export function BatchFacts({ batch, linked }: { batch: BatchEvidence; linked?: boolean }) {
  const [text, tag] = batchStates[batch.state] ?? [batch.state, 'silent'];
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
      {batch.attempts.length > 0 && (
        <ol className="plain attempts" aria-label="每次尝试">
          {batch.attempts.map((attempt, index) => (
            // Attempts are append-only and carry no id of their own to people.
            // biome-ignore lint/suspicious/noArrayIndexKey: the list only grows at its end
            <li key={index}>
              <time className="num" dateTime={attempt.at}>
                {stampText(attempt.at)}
              </time>
              <span>{attempt.text}</span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** 核验: recomputes the digest of what is kept and says whether it is still what was sent. */
export function ProofButton({ kind, id }: { kind: 'record' | 'batch'; id: string }) {
  const check = useMutation({
    mutationFn: () => call(kind === 'record' ? 'checkExchangeRecord' : 'checkExchangeBatch', { params: { id } }),
  });
  const { data } = check;
  return (
    <div className="proof">
      <Button loading={check.isPending} onClick={() => check.mutate()}>
        核验摘要
      </Button>
      <div aria-live="polite">
        {check.error && <Refused trouble={troubleOf(check.error)} />}
        {data && (
          <p className={data.same ? 'verdict' : 'verdict verdict-bad'}>
            {data.message}
            {!data.same && data.recomputed && <span className="digest"> {data.recomputed}</span>}
          </p>
        )}
      </div>
    </div>
  );
}
