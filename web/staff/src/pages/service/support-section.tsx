import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../session/use-session.ts';

const drawers = () => import('./support-drawers.tsx');
const AcceptDrawer = lazy(async () => ({ default: (await drawers()).AcceptDrawer }));
const SettleDrawer = lazy(async () => ({ default: (await drawers()).SettleDrawer }));

export type SupportFile = Answer<'getSupport'>;
export type SupportPolicy = SupportFile['policies'][number];
export type SupportApplication = SupportFile['applications'][number];

const tags: Readonly<Record<SupportApplication['state'], string>> = {
  accepted: 'near',
  forwarded: 'near',
  granted: 'clear',
  refused: 'late',
  withdrawn: 'silent',
};
const marks = { yes: '符合', no: '不符合', ask: '要问' } as const;

/** 可能享受的政策: each with its conditions met, not met or to be asked; and what was applied for (A21-4g, M79-3b). */
export function SupportSection({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [accept, setAccept] = useState<SupportPolicy>();
  const [settle, setSettle] = useState<SupportApplication>();
  const { data } = useQuery({
    queryKey: ['support', registrationId],
    queryFn: ({ signal }) => call('getSupport', { params: { id: registrationId }, signal }),
  });
  if (!data) return null;
  const waits = (policy: string) =>
    data.applications.some((one) => one.policy === policy && ['accepted', 'forwarded'].includes(one.state));
  const accepts = (policy: SupportPolicy) => data.open && may('support.accept') && !waits(policy.name);
  const possible = data.policies.filter((one) => one.possible);
  const others = data.policies.filter((one) => !one.possible);
  const shown = (policy: SupportPolicy) => (
    <PolicyLine key={policy.name} policy={policy} accept={accepts(policy) ? () => setAccept(policy) : undefined} />
  );
  return (
    <section aria-label="可能享受的政策">
      <header>
        <h3>可能享受的政策</h3>
        {data.citation && (
          <span className="quiet">
            {data.citation.document} {data.citation.clause}
          </span>
        )}
      </header>
      {possible.length === 0 && <p className="quiet">按现有情况，没有可能享受的政策。</p>}
      <ul className="policies">{possible.map(shown)}</ul>
      {others.length > 0 && (
        <details>
          <summary>还不符合的（{others.length}）</summary>
          <ul className="policies">{others.map(shown)}</ul>
        </details>
      )}
      {data.applications.length > 0 && (
        <ul className="policies" aria-label="政策申请">
          {data.applications.map((one) => (
            <ApplicationLine
              key={one.id}
              one={one}
              settle={
                may('support.settle') && ['accepted', 'forwarded'].includes(one.state)
                  ? () => setSettle(one)
                  : undefined
              }
            />
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {accept && <AcceptDrawer file={data} policy={accept} close={() => setAccept(undefined)} />}
        {settle && <SettleDrawer file={data} application={settle} close={() => setSettle(undefined)} />}
      </Suspense>
    </section>
  );
}

function PolicyLine({ policy, accept }: { policy: SupportPolicy; accept: (() => void) | undefined }) {
  return (
    <li>
      <div>
        <b>{policy.name}</b>
        <ul className="points">
          {policy.conditions.map((one) => (
            <li key={one.text} className={`stands-${one.stands}`} title={one.why}>
              {one.text} <b>{marks[one.stands]}</b>
              {one.stands === 'no' && <span>（{one.why.replace(/。$/, '')}）</span>}
            </li>
          ))}
        </ul>
      </div>
      {accept && (
        <Button size="small" onClick={accept} aria-label={`受理${policy.name}`}>
          受理
        </Button>
      )}
    </li>
  );
}

function ApplicationLine({ one, settle }: { one: SupportApplication; settle: (() => void) | undefined }) {
  return (
    <li>
      <div>
        <p>
          <span className={`tag tag-${tags[one.state]}`}>{one.stateText}</span> {one.policy}
          <span className="quiet beside">
            {one.acceptedOn}受理，{one.acceptedBy}
            {one.dueOn && `，${one.dueOn}前办结`}
          </span>
        </p>
        <p className="quiet">
          {one.loan && `拟贷${one.loan.yuan}元，${one.loan.years}年，${one.loan.purpose}。`}
          {one.steps
            .slice(1)
            .map((step) => `${step.at.slice(0, 10)}${step.stateText}：${step.text}`)
            .join('；')}
        </p>
      </div>
      {settle && (
        <Button size="small" onClick={settle} aria-label={`办理${one.policy}`}>
          办理
        </Button>
      )}
    </li>
  );
}
