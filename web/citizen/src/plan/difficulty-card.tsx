import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import { useState } from 'react';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { Choices, Fault } from '../parts/fields.tsx';

/** Recognition of difficulty: how it stands, or by which category to apply; no papers are asked for (M79-5a). */
export function DifficultyCard() {
  const { data } = useQuery({
    queryKey: ['my', 'difficulty'],
    queryFn: ({ signal }) => call('getMyDifficulty', { signal }),
  });
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState('');
  const [missing, setMissing] = useState(false);
  const { run, busy, fault, changed } = useEffectOnce(() => setOpen(false));
  if (!data?.registrationId || (!data.current && !data.mayApply)) return null;
  const { registrationId: id, current } = data;
  const send = () => {
    setMissing(chosen === '');
    if (chosen !== '')
      void run((key) => call('applyMyDifficulty', { params: { id }, body: { category: chosen }, key }));
  };
  return (
    <section className="stack" aria-labelledby="difficulty-heading">
      <h2 id="difficulty-heading">就业困难人员认定</h2>
      {current ? (
        <div className={current.state === 'recognised' ? 'note good' : 'note'}>
          <strong>
            {current.state === 'recognised' ? '已经认定' : '正在认定'}：{current.category}
          </strong>
          <p>
            {current.state === 'recognised'
              ? `有效期到${dayText(current.validTo ?? '')}。有专人负责您，和您一起定援助计划。`
              : `${current.dueOn ? `最晚${dayText(current.dueOn)}前办结，` : ''}不用交材料，工作人员会核实。`}
          </p>
        </div>
      ) : open ? (
        <div className="card stack">
          <Choices
            id="difficulty-category"
            label="您属于哪一类？"
            value={chosen}
            options={data.categories
              .filter(({ fits }) => fits !== 'no')
              .map((one) => ({ value: one.name, text: one.name }))}
            fault={missing ? '请选一类' : undefined}
            onChange={(next) => {
              setChosen(next);
              setMissing(false);
              changed();
            }}
          />
          <p className="soft">不用交材料。认定不认定，都不影响您的失业登记。</p>
          {fault && <Fault>{fault}</Fault>}
          <div className="actions">
            <button type="button" className="button" aria-disabled={busy} onClick={send}>
              {busy ? '正在提交…' : '申请认定'}
            </button>
            <button type="button" className="button plain" onClick={() => setOpen(false)}>
              先不申请
            </button>
          </div>
        </div>
      ) : (
        <div className="stack tight">
          <p>家里没人上班、有残疾、失业时间长等，可以申请认定，认定后有专人帮您。</p>
          <div className="actions">
            <button type="button" className="button plain" onClick={() => setOpen(true)}>
              看看我符不符合
            </button>
          </div>
        </div>
      )}
    </section>
  );
}
