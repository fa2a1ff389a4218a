import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { shortOffice } from '../../lib/office-name.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { Field } from '../../parts/field.tsx';
import { Refused } from '../../parts/notice.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { More } from './more.tsx';

type Run = Answer<'getComparisons'>['items'][number];

/** 记过的比对: what was compared with what, how many it covered; one that was wrong is withdrawn with its reason (A21-5b). */
export function ComparisonRuns({ office }: { office: string }) {
  const list = useInfiniteQuery({
    queryKey: ['comparisons', office],
    queryFn: ({ pageParam, signal }) =>
      call('getComparisons', {
        query: { after: pageParam || undefined, limit: 10, office: office || undefined },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const runs = list.data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <section className="part">
      <h3>记过的比对</h3>
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : runs.length === 0 ? (
        <p className="quiet">还没有记过。</p>
      ) : (
        <ul className="runs">
          {runs.map((run) => (
            <RunLine key={run.id} run={run} />
          ))}
        </ul>
      )}
      {runs.length > 0 && <More list={list} count={runs.length} />}
    </section>
  );
}

function RunLine({ run }: { run: Run }) {
  const [asking, setAsking] = useState(false);
  return (
    <li>
      <div className="run-top">
        <b>
          {run.sourceText} <span className="num">{run.asOf}</span>
        </b>
        {run.mayWithdraw && !asking && (
          <Button size="small" aria-label={`撤销${run.sourceText}${run.asOf}的比对`} onClick={() => setAsking(true)}>
            撤销
          </Button>
        )}
      </div>
      <div>
        {run.month.replace('-', '年')}月计入<span className="num">{run.covered}</span>人
        {run.found > 0 && `，有变化${run.found}人`}
        {run.running && <span className="quiet">（{run.withdrawn ? '正在恢复' : '正在计入'}）</span>}
      </div>
      <div className="quiet small">
        {shortOffice(run.officeName)} {run.who} {stampText(run.at)}
      </div>
      {run.withdrawn && (
        <div className="small">
          {run.withdrawn.who} {stampText(run.withdrawn.at)}撤销：{run.withdrawn.reason}
        </div>
      )}
      {asking && <Withdrawal run={run} close={() => setAsking(false)} />}
    </li>
  );
}

function Withdrawal({ run, close }: { run: Run; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [reason, setReason] = useState('');
  const withdrawing = useMutation({
    mutationFn: () => call('withdrawComparison', { params: { id: run.id }, body: { reason } }),
    onSuccess: (answer) => {
      for (const queryKey of [['comparisons'], ['follow-ups'], ['coverage']])
        void cache.invalidateQueries({ queryKey });
      message.success(answer.message);
      close();
    },
  });
  return (
    <div className="run-withdraw">
      {withdrawing.error && <Refused trouble={troubleOf(withdrawing.error)} />}
      <Field label="撤销原因" required hint={`撤销后，这${run.covered}人不再因这次比对计入跟踪。`}>
        <Input autoFocus maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      <div className="drawer-buttons">
        <Button size="small" onClick={close}>
          不撤销
        </Button>
        <Button
          size="small"
          danger
          loading={withdrawing.isPending}
          disabled={reason.trim() === ''}
          onClick={() => withdrawing.mutate()}
        >
          确定撤销
        </Button>
      </div>
    </div>
  );
}
