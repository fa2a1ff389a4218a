import { occupationName, occupationOf } from '@yingdeng/contract/occupations.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Dialog } from '../parts/dialog.tsx';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { Fault, TextField } from '../parts/fields.tsx';
import { useEffectOnce } from './use-effect-once.ts';

type Matching = NonNullable<Answer<'getMyJobs'>['matching']>;

/** What the person looks for, in the person's own words; each is read as an occupation while it is typed. */
export function JobWish({ matching, onClose }: { matching: Matching; onClose: () => void }) {
  const { wish, registrationId } = matching;
  const [texts, setTexts] = useState({
    first: wish.wishTexts[0] ?? '',
    second: wish.wishTexts[1] ?? '',
    trained: wish.trainedTexts[0] ?? '',
    wage: wish.wage ? String(wish.wage) : '',
  });
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const { run, busy, fault, changed } = useEffectOnce(onClose);
  const put = (part: Partial<typeof texts>) => {
    setTexts({ ...texts, ...part });
    changed();
  };
  const say = (field: string) => faults.find((one) => one.field === field)?.message;
  const read = (text: string) => {
    const code = text.trim() === '' ? undefined : occupationOf(text);
    return code && occupationName(code) !== text.trim() ? `归到“${occupationName(code)}”` : undefined;
  };
  const send = () => {
    const missing: SummaryFault[] = (['first', 'second', 'trained'] as const).flatMap((field) =>
      texts[field].trim() !== '' && !occupationOf(texts[field])
        ? [{ field: `job-${field}`, message: '没认出是什么工作，换个常用的叫法，如焊工、收银员' }]
        : [],
    );
    if (texts.wage !== '' && !/^[1-9]\d{2,5}$/.test(texts.wage))
      missing.push({ field: 'job-wage', message: '请填整数，如4000' });
    setFaults(missing);
    setAttempt(attempt + 1);
    if (missing.length > 0) return;
    const codes = (...given: string[]) => [...new Set(given.flatMap((text) => occupationOf(text) ?? []))];
    const body = {
      wishes: codes(texts.first, texts.second),
      // What is not on this short form stays as it was.
      trained: [...new Set([...codes(texts.trained), ...wish.trained.slice(1)])].slice(0, 5),
      wage: texts.wage === '' ? null : Number(texts.wage),
      skill: wish.skill,
    };
    void run((key) => call('recordMyWish', { params: { id: registrationId }, body, key }));
  };
  const field = (name: 'first' | 'second' | 'trained', label: string, optional: boolean) => (
    <TextField
      id={`job-${name}`}
      label={label}
      hint={read(texts[name]) ?? '常用的叫法就行，如焊工、收银员、家政'}
      optional={optional}
      maxLength={30}
      value={texts[name]}
      onChange={(text) => put({ [name]: text })}
      fault={say(`job-${name}`)}
    />
  );
  return (
    <Dialog heading="我想找什么工作" onClose={onClose}>
      <ErrorSummary faults={faults} attempt={attempt} />
      {field('first', '最想找的工作', false)}
      {field('second', '还可以做的工作', true)}
      {field('trained', '我会做的', true)}
      <TextField
        id="job-wage"
        label="希望每月多少工资"
        hint="元"
        optional
        inputMode="numeric"
        maxLength={6}
        value={texts.wage}
        onChange={(wage) => put({ wage: wage.replace(/\D/g, '') })}
        fault={say('job-wage')}
      />
      {fault && <Fault>{fault}</Fault>}
      <div className="actions">
        <button type="button" className="button" aria-disabled={busy} onClick={send}>
          {busy ? '正在保存…' : '保存，重新推荐'}
        </button>
        <button type="button" className="button plain" onClick={onClose}>
          不改了
        </button>
      </div>
    </Dialog>
  );
}
