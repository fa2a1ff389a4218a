import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { Fault, TextField } from '../parts/fields.tsx';

type CreditRecord = Answer<'getMyCredit'>['records'][number];

/** All that is on record about the own credit: evidence, decision, and the place to answer or object (A21-5c). */
export function CreditCard() {
  const { data } = useQuery({
    queryKey: ['my', 'credit'],
    queryFn: ({ signal }) => call('getMyCredit', { signal }),
  });
  if (!data || data.records.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="credit-heading">
      <h2 id="credit-heading">信用记录</h2>
      <p className="soft">不影响您的失业登记和服务。</p>
      <ul className="plan-records stack tight">
        {data.records.map((one) => (
          <Shown key={one.id} one={one} />
        ))}
      </ul>
    </section>
  );
}

function Shown({ one }: { one: CreditRecord }) {
  return (
    <li className="card stack tight">
      <p>
        <strong>
          {one.levelText}：{one.causeText}
        </strong>
        <span className="soft">{one.expired ? '已到期' : one.stateText}</span>
      </p>
      <p>{one.evidence}</p>
      {one.answer && <p className="soft">您的说明：{one.answer}</p>}
      {one.decisionText && <p className="soft">决定：{one.decisionText}</p>}
      {one.state === 'inForce' && one.expiresOn && <p className="soft">到{dayText(one.expiresOn)}不再有效。</p>}
      {one.objection && <p className="soft">您的异议：{one.objection}</p>}
      {one.objection && !one.objectionAnswer && one.objectionDue && (
        <p className="soft">{dayText(one.objectionDue)}前答复您。</p>
      )}
      {one.objectionAnswer && <p className="soft">答复：{one.objectionAnswer}</p>}
      {one.repairText && <p className="soft">已修复：{one.repairText}</p>}
      {one.may.includes('answer') && (
        <Say one={one} label={`${dayText(one.answerDue ?? '')}前可以说明情况`} button="说明情况" />
      )}
      {one.may.includes('object') && <Say one={one} label="不同意的，可以提一次异议" button="提出异议" />}
    </li>
  );
}

function Say({ one, label, button }: { one: CreditRecord; label: string; button: string }) {
  const [text, setText] = useState('');
  const [missing, setMissing] = useState(false);
  const { run, busy, fault, changed } = useEffectOnce(() => setText(''));
  const send = () => {
    const short = text.trim().length < 4;
    setMissing(short);
    if (!short) void run((key) => call('sayOnMyCredit', { params: { id: one.id }, body: { text: text.trim() }, key }));
  };
  return (
    <div className="stack tight">
      <TextField
        label={label}
        maxLength={300}
        value={text}
        fault={missing ? '请写几句' : undefined}
        onChange={(next) => {
          setText(next);
          setMissing(false);
          changed();
        }}
      />
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button plain" aria-disabled={busy} onClick={send}>
          {busy ? '正在提交…' : button}
        </button>
      </div>
    </div>
  );
}
