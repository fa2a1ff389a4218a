import { useQuery } from '@tanstack/react-query';
import { hukouTexts, residenceUrbanTexts, veteranTexts } from '@yingdeng/rules/correction.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { instantText } from '@yingdeng/web-shared/date-text.ts';
import { DivisionPicker, useDivisions } from '@yingdeng/web-shared/division-picker.tsx';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { Link } from 'react-router';
import { MyFrame } from '../my/my-frame.tsx';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { Choices, Fault, TextField } from '../parts/fields.tsx';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import { type Current, changesOf } from './changes.ts';
import './self.css';

type Correction = Answer<'getMyContactData'>['corrections'][number];

/** Telephone, e-mail, residence as they stand; what is changed is shown beside what was, before and after it is sent (A21-5a). */
export function Page() {
  usePageTitle('更正我的资料');
  return (
    <MyFrame heading="更正电话、邮箱和住址">
      <Data />
    </MyFrame>
  );
}

function Data() {
  const data = useQuery({ queryKey: ['my', 'data'], queryFn: ({ signal }) => call('getMyContactData', { signal }) });
  const [sent, setSent] = useState<string>();
  if (data.isPending) return <Loading what="正在读取您的资料" />;
  if (data.isError) return <Failed error={data.error} again={() => void data.refetch()} />;
  const { registration, current, corrections } = data.data;
  if (!registration || !current)
    return (
      <Empty heading="没有有效的登记" icon="form">
        <p>还没办好登记的，资料写在申请表里；要改申请表，请打办理机构的电话。</p>
        <Link className="button" to="/my">
          看我的登记
        </Link>
      </Empty>
    );
  return (
    <div className="stack loose">
      {sent && (
        <div className="note good" role="status">
          <strong>{sent}</strong>
        </div>
      )}
      {/* The form begins anew from the record whenever something was corrected. */}
      <CorrectionForm
        key={corrections[0]?.id ?? 'first'}
        registrationId={registration.id}
        current={current}
        sent={setSent}
      />
      {corrections.length > 0 && (
        <section className="stack">
          <h2>改过的内容</h2>
          <ul className="self-cards stack">
            {corrections.map((one) => (
              <Corrected key={one.id} one={one} />
            ))}
          </ul>
        </section>
      )}
    </div>
  );
}

function CorrectionForm({
  registrationId,
  current,
  sent,
}: {
  registrationId: string;
  current: Current;
  sent: (message: string) => void;
}) {
  const [next, setNext] = useState(current);
  const [review, setReview] = useState(false);
  const { run, busy, fault, changed } = useEffectOnce(() => undefined);
  const divisions = useDivisions();
  const changes = changesOf(current, next);
  const put = (part: Partial<Current>) => {
    setNext({ ...next, ...part });
    changed();
  };
  const placeText = (address: Current['residence']) =>
    `${divisions?.divisionName(address.division) ?? ''}${address.detail}`;
  /** Of another address nothing is known until it is said anew. */
  const moveTo = (part: Partial<Current['residence']>) =>
    put({ residence: { ...next.residence, ...part }, residenceUrban: '' });
  const send = () =>
    void run(async (key) => {
      const done = await call('correctMyData', { params: { id: registrationId }, body: changes, key });
      sent(done.message);
    });

  if (review)
    return (
      <div className="card stack">
        <h2>请核对</h2>
        <Change label="手机号码" from={current.mobile} to={changes.mobile} />
        <Change label="固定电话" from={current.landline} to={changes.landline} />
        <Change label="电子邮箱" from={current.email} to={changes.email} />
        <Change
          label="常住地址"
          from={placeText(current.residence)}
          to={changes.residence && placeText(changes.residence)}
        />
        <Change
          label="户口性质"
          from={hukouTexts[current.hukou] ?? ''}
          to={changes.hukou && hukouTexts[changes.hukou]}
        />
        <Change
          label="是不是退役军人"
          from={veteranTexts[current.veteran] ?? ''}
          to={changes.veteran && veteranTexts[changes.veteran]}
        />
        <Change
          label="住在城镇还是乡村"
          from={residenceUrbanTexts[current.residenceUrban] ?? ''}
          to={changes.residenceUrban && residenceUrbanTexts[changes.residenceUrban]}
        />
        {changes.residence && changes.residence.division !== current.residence.division && (
          <p className="note warn">新地址在另一个县（市、区）。工作人员核实后再更正，您的登记照常有效。</p>
        )}
        {fault && <Fault>{fault}</Fault>}
        <div className="actions">
          <button type="button" className="button" aria-disabled={busy} onClick={send}>
            {busy ? '正在提交…' : '确定更正'}
          </button>
          <button type="button" className="button plain" onClick={() => setReview(false)}>
            再改改
          </button>
        </div>
      </div>
    );
  return (
    <div className="card stack">
      <p className="soft">下面是现在的资料，只改有变化的地方。改过的内容新旧都会保留。</p>
      <TextField
        label="手机号码"
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={next.mobile}
        onChange={(mobile) => put({ mobile })}
      />
      <TextField
        label="固定电话"
        optional
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={next.landline}
        onChange={(landline) => put({ landline })}
      />
      <TextField
        label="电子邮箱"
        optional
        type="email"
        inputMode="email"
        maxLength={60}
        value={next.email}
        onChange={(email) => put({ email })}
      />
      <fieldset className="field">
        <legend className="label">现在住的地址</legend>
        <div className="stack">
          <DivisionPicker
            name="现在住的地址"
            value={next.residence.division}
            onChange={(division) => moveTo({ division })}
          />
          <TextField
            label="详细地址"
            hint="街道、社区（村）、门牌号"
            maxLength={200}
            value={next.residence.detail}
            onChange={(detail) => moveTo({ detail })}
          />
        </div>
      </fieldset>
      <Choices
        label="户口性质"
        optional
        hint="只用于统计，不影响登记和待遇。"
        row
        value={next.hukou}
        onChange={(hukou) => put({ hukou })}
        options={Object.entries(hukouTexts).map(([value, text]) => ({ value, text }))}
      />
      <Choices
        label="是不是退役军人"
        optional
        row
        value={next.veteran}
        onChange={(veteran) => put({ veteran })}
        options={Object.entries(veteranTexts).map(([value, text]) => ({ value, text }))}
      />
      <Choices
        label="现在住在城镇还是乡村"
        optional
        hint="改了地址，请再选一次。"
        row
        value={next.residenceUrban}
        onChange={(residenceUrban) => put({ residenceUrban })}
        options={Object.entries(residenceUrbanTexts).map(([value, text]) => ({ value, text }))}
      />
      <div className="actions">
        <button
          type="button"
          className="button"
          disabled={Object.keys(changes).length === 0}
          onClick={() => setReview(true)}
        >
          下一步：核对
        </button>
      </div>
    </div>
  );
}

function Change({ label, from, to }: { label: string; from: string; to: string | undefined }) {
  if (to === undefined) return null;
  return (
    <section aria-label={label}>
      <h3>{label}</h3>
      <dl className="change">
        <div className="from">
          <dt>原来</dt>
          <dd>{from || '没有填'}</dd>
        </div>
        <div>
          <dt>改成</dt>
          <dd className="to">{to || '不留'}</dd>
        </div>
      </dl>
    </section>
  );
}

function Corrected({ one }: { one: Correction }) {
  return (
    <li className="card stack tight">
      <p>
        <strong>{one.stateText}</strong>{' '}
        <span className="small soft">
          {instantText(one.at)}，{one.source === 'staff' ? `工作人员${one.who}` : '您本人'}
        </span>
      </p>
      {one.changes.map((change) => (
        <Change key={change.field} label={change.label} from={change.before} to={change.after} />
      ))}
      {one.reason && <p className="small">原因：{one.reason}</p>}
      {one.settled && (
        <p className="small">
          {instantText(one.settled.at)}，{one.settled.who}：{one.settled.note}
        </p>
      )}
    </li>
  );
}
