import { useMutation } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { Fragment } from 'react';
import { stampText } from '../../lib/dates.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { Refused } from '../../parts/notice.tsx';

type Fields = Answer<'getExchangeRecord'>['fields'];
type Attempt = Answer<'getExchangeBatch'>['batch']['attempts'][number];

/** What was sent or received, field by field. `codes`: the platform's codes stand beside the names. */
export function SentFields({ fields, codes }: { fields: Fields; codes?: boolean }) {
  return (
    <dl className="evidence-fields">
      {fields.map((one) => (
        <Fragment key={one.field}>
          <dt>
            {one.name}
            {codes && <code>{one.field}</code>}
          </dt>
          <dd className="num">{one.value || <span className="quiet">（空）</span>}</dd>
        </Fragment>
      ))}
    </dl>
  );
}

/** Every attempt, the first one first. */
export function Attempts({ attempts }: { attempts: readonly Attempt[] }) {
  return (
    <ol className="plain attempts" aria-label="每次尝试">
      {attempts.map((attempt, index) => (
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
  );
}

const checks = {
  record: (id: string) => call('checkExchangeRecord', { params: { id } }),
  batch: (id: string) => call('checkExchangeBatch', { params: { id } }),
  decision: (id: string) => call('checkExchangeDecision', { params: { id } }),
  forwarded: (number: string) => call('checkExchangeForwarded', { params: { number } }),
} as const;

/** 核验: recomputes the digest of what is kept and says whether it is still what was sent or received. */
export function ProofButton({ kind, id }: { kind: keyof typeof checks; id: string }) {
  const check = useMutation({ mutationFn: () => checks[kind](id) });
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
