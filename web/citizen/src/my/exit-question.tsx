import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import { useState } from 'react';
import { Fault, TextField } from '../parts/fields.tsx';
import type { WorkerCase } from './case-view.tsx';
import { useEffectOnce } from './use-effect-once.ts';

/** A question a data comparison raised: the worker is asked before anything is ended. */
export function ExitQuestion({ question }: { question: NonNullable<WorkerCase['exitQuestion']> }) {
  const [text, setText] = useState('');
  const { run, busy, fault, changed } = useEffectOnce(() => undefined);
  const answer = (agrees: boolean) => {
    const body = { agrees, text: text.trim() };
    void run((key) => call('answerExit', { params: { id: question.exitId }, body, key }), String(agrees));
  };
  return (
    <section className="note warn stack" aria-labelledby={`q-${question.exitId}`}>
      <h2 id={`q-${question.exitId}`}>有件事要问您</h2>
      <p>{question.text}</p>
      <p>
        {question.answerBy && (
          <>
            请在 <strong className="keep">{dayText(question.answerBy)}</strong> 前回答。
          </>
        )}
        说“不是这样”，登记照常有效。
      </p>
      <TextField
        label="您的说明"
        optional
        maxLength={200}
        value={text}
        onChange={(next) => {
          setText(next);
          changed();
        }}
      />
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button plain" aria-disabled={busy} onClick={() => answer(false)}>
          不是这样，我还需要登记
        </button>
        <button type="button" className="button plain" aria-disabled={busy} onClick={() => answer(true)}>
          是这样，可以结束登记
        </button>
      </div>
    </section>
  );
}
