import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Fault } from '../parts/fields.tsx';
import { useEffectOnce } from './use-effect-once.ts';
import './matters.css';

type Mine = Answer<'getMyMatters'>;
type One = Mine['matters'][number];

/** What I asked for together with the registration, each part in one plain sentence (M79-5a). */
export function MattersCard({ applicationId }: { applicationId: string }) {
  const { data } = useQuery({ queryKey: ['my', 'matters'], queryFn: ({ signal }) => call('getMyMatters', { signal }) });
  if (data?.applicationId !== applicationId) return null;
  // Recognition has a card of its own; civil affairs are asked for with an officer, who takes down the consent.
  const offers = data.offers.filter(({ kind }) => kind === 'benefit' || kind === 'introduction');
  if (data.matters.length === 0 && offers.length === 0) return null;
  return (
    <section className="card stack" aria-labelledby="matters-heading">
      <h2 id="matters-heading">一起办的事</h2>
      {data.matters.length > 0 && (
        <ul className="matter-lines">
          {data.matters.map((one) => (
            <MatterLine key={one.id} one={one} />
          ))}
        </ul>
      )}
      {offers.length > 0 && <AskMore applicationId={applicationId} offers={offers} />}
    </section>
  );
}

function MatterLine({ one }: { one: One }) {
  const [sure, setSure] = useState(false);
  const { run, busy, fault } = useEffectOnce(() => setSure(false));
  const back = () =>
    void run((key) => call('withdrawMyMatter', { params: { id: one.id }, body: { version: one.version }, key }));
  return (
    <li>
      <p className="matter-name">
        <strong>{one.kindText}</strong> <span className={`matter-state ${one.state}`}>{one.stateText}</span>
      </p>
      <p>
        {one.plain}
        {one.dueOn && `最晚${dayText(one.dueOn)}。`}
      </p>
      {fault && <Fault>{fault}</Fault>}
      {one.mayWithdraw &&
        (sure ? (
          <div className="actions">
            <button type="button" className="button plain" aria-disabled={busy} onClick={back}>
              {busy ? '正在提交…' : '确定不办这一项'}
            </button>
            <button type="button" className="button quiet" onClick={() => setSure(false)}>
              再想想
            </button>
          </div>
        ) : (
          <button type="button" className="button quiet" onClick={() => setSure(true)}>
            不办了<span className="only-spoken">：{one.kindText}</span>
          </button>
        ))}
    </li>
  );
}

function AskMore({ applicationId, offers }: { applicationId: string; offers: Mine['offers'] }) {
  const { run, busy, fault } = useEffectOnce(() => {});
  return (
    <div className="stack tight">
      <p className="soft">还可以一起办，不用交材料：</p>
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        {offers.map(({ kind, text }) => (
          <button
            key={kind}
            type="button"
            className="button plain"
            aria-disabled={busy}
            onClick={() =>
              void run(
                (key) => call('askMyMatter', { params: { id: applicationId }, body: { kind, wish: '' }, key }),
                kind,
              )
            }
          >
            {kind === 'benefit' ? '申领失业保险金' : '请帮我介绍工作'}
            <span className="only-spoken">（{text}）</span>
          </button>
        ))}
      </div>
    </div>
  );
}
