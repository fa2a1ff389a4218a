import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../session/use-session.ts';

const drawers = () => import('./credit-drawers.tsx');
const ProposeDrawer = lazy(async () => ({ default: (await drawers()).ProposeDrawer }));
const DecideDrawer = lazy(async () => ({ default: (await drawers()).DecideDrawer }));
const RepairDrawer = lazy(async () => ({ default: (await drawers()).RepairDrawer }));

export type CreditFile = Answer<'getCredit'>;
export type CreditRecord = CreditFile['records'][number];
type Open = { kind: 'propose' } | { kind: 'decide' | 'repair'; record: CreditRecord };

const tags: Readonly<Record<CreditRecord['state'], string>> = {
  noticed: 'near',
  inForce: 'late',
  dropped: 'silent',
  revoked: 'silent',
  repaired: 'clear',
};

/** 信用: what false information led to, with notice, hearing, decision and objection; never an effect on the registration (A21-5c). */
export function CreditSection({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const { data } = useQuery({
    queryKey: ['credit', registrationId],
    queryFn: ({ signal }) => call('getCredit', { params: { id: registrationId }, signal }),
    enabled: may('credit.read'),
  });
  // Where the law of the place puts nothing on record there is nothing to say.
  if (!data || (data.records.length === 0 && data.mayPropose.length === 0)) return null;
  const close = () => setOpen(undefined);
  return (
    <section aria-label="信用">
      <header>
        <h3>信用</h3>
        {data.mayPropose.length > 0 && (
          <Button size="small" onClick={() => setOpen({ kind: 'propose' })}>
            提出记录
          </Button>
        )}
      </header>
      {data.records.length === 0 ? (
        <p className="quiet">没有记录。</p>
      ) : (
        <ul className="policies">
          {data.records.map((one) => (
            <li key={one.id}>
              <Shown one={one} />
              <span className="row-acts">
                {(one.may.includes('decide') || one.may.includes('answerObjection')) && (
                  <Button size="small" onClick={() => setOpen({ kind: 'decide', record: one })}>
                    {one.may.includes('decide') ? '决定' : '答复异议'}
                  </Button>
                )}
                {one.may.includes('repair') && (
                  <Button size="small" onClick={() => setOpen({ kind: 'repair', record: one })}>
                    修复
                  </Button>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {open?.kind === 'propose' && <ProposeDrawer file={data} close={close} />}
        {open?.kind === 'decide' && <DecideDrawer file={data} record={open.record} close={close} />}
        {open?.kind === 'repair' && <RepairDrawer file={data} record={open.record} close={close} />}
      </Suspense>
    </section>
  );
}

function Shown({ one }: { one: CreditRecord }) {
  const said = [
    one.answer && `本人说明：${one.answer}`,
    one.decisionText && `${one.decidedBy}决定：${one.decisionText}`,
    one.objection && `本人异议：${one.objection}`,
    one.objectionAnswer && `答复：${one.objectionAnswer}`,
    one.repairText && `修复：${one.repairText}`,
  ].filter(Boolean);
  return (
    <div>
      <p>
        <span className={`tag tag-${one.expired ? 'silent' : tags[one.state]}`}>
          {one.expired ? '已到期' : one.stateText}
        </span>{' '}
        <b>{one.levelText}</b> {one.causeText}
        <span className="quiet beside">
          {one.proposedAt.slice(0, 10)}，{one.proposedBy}提出
          {one.state === 'noticed' && `，${one.answerDue}前听取意见`}
          {one.state === 'inForce' && `，到${one.expiresOn}`}
        </span>
      </p>
      <p>
        {one.evidence}
        {one.yuan > 0 && `（${one.yuan}元，${one.months}个月${one.refuses ? '，拒不退回' : ''}）`}
      </p>
      {said.length > 0 && <p className="quiet">{said.join('；')}</p>}
    </div>
  );
}
