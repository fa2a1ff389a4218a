import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hukouTexts, residenceUrbanTexts, veteranTexts } from '@yingdeng/rules/correction.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DivisionSelect } from '../../parts/division-select.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { Refused } from '../../parts/notice.tsx';
import './corrections.css';

type Corrections = Answer<'getCorrections'>;
type Correction = Corrections['corrections'][number];

/** 更正: contact data after registration, old and new beside each other, masked; an address in another county waits here. */
export function CorrectionsOfRegistration({ registrationId }: { registrationId: string }) {
  const [open, setOpen] = useState<'correct' | Correction>();
  const { data } = useQuery({
    queryKey: ['corrections', registrationId],
    queryFn: ({ signal }) => call('getCorrections', { params: { id: registrationId }, signal }),
  });
  if (!data) return null;
  return (
    <section className="corrections" aria-label="联系方式和住址的更正">
      <p className="corrections-head">
        <b>更正记录</b>
        {data.allowed && (
          <Button size="small" onClick={() => setOpen('correct')}>
            更正联系方式
          </Button>
        )}
      </p>
      {data.corrections.length === 0 ? (
        <p className="quiet">登记后没有更正过。</p>
      ) : (
        <ul className="plain">
          {data.corrections.map((one) => (
            <li key={one.id}>
              <Changed one={one} />
              {one.state === 'question' && (
                <p>
                  本人说已搬到其他县（市、区）。请核实后处理；登记机构不随地址变，转移登记机构另行办理。{' '}
                  {data.allowed && (
                    <Button size="small" type="primary" onClick={() => setOpen(one)}>
                      处理
                    </Button>
                  )}
                </p>
              )}
            </li>
          ))}
        </ul>
      )}
      {open === 'correct' && (
        <CorrectDrawer registrationId={registrationId} data={data} close={() => setOpen(undefined)} />
      )}
      {open && open !== 'correct' && (
        <SettleDrawer registrationId={registrationId} one={open} close={() => setOpen(undefined)} />
      )}
    </section>
  );
}

function Changed({ one }: { one: Correction }) {
  return (
    <>
      <p>
        <span className={`tag tag-${one.state === 'question' ? 'finding' : 'clear'}`}>{one.stateText}</span>{' '}
        <span className="quiet">
          {stampText(one.at)}，{one.source === 'staff' ? one.who : '本人'}
          {one.reason && `，${one.reason}`}
        </span>
      </p>
      <table className="before-after">
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">原来</th>
            <th scope="col">改为</th>
          </tr>
        </thead>
        <tbody>
          {one.changes.map((change) => (
            <tr key={change.field}>
              <th scope="row">{change.label}</th>
              <td>{change.before || '（空）'}</td>
              <td>{change.after || '（空）'}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {one.settled && (
        <p className="quiet">
          {stampText(one.settled.at)}，{one.settled.who}：{one.settled.note}
        </p>
      )}
    </>
  );
}

/** Sends one correction; afterwards the case and the corrections are read anew. */
function useCorrecting<Given>(
  registrationId: string,
  send: (body: Given, key: string) => Promise<unknown>,
  close: () => void,
) {
  const cache = useQueryClient();
  const keys = useRequestKey();
  return useMutation({
    mutationFn: (body: Given) => send(body, keys.keyFor(body)),
    onError: keys.refused,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['corrections', registrationId] });
      await cache.invalidateQueries({ queryKey: ['case'] });
      close();
    },
  });
}

function CorrectDrawer({
  registrationId,
  data,
  close,
}: {
  registrationId: string;
  data: Corrections;
  close: () => void;
}) {
  const { current } = data;
  const [mobile, setMobile] = useState('');
  const [landline, setLandline] = useState('');
  const [email, setEmail] = useState('');
  const [division, setDivision] = useState(current.residenceDivision);
  const [detail, setDetail] = useState('');
  const [hukou, setHukou] = useState(current.hukou);
  const [veteran, setVeteran] = useState(current.veteran);
  const [urban, setUrban] = useState(current.residenceUrban);
  const [reason, setReason] = useState('');
  const action = useCorrecting(
    registrationId,
    (body: Body<'correctRegistration'>, key) =>
      call('correctRegistration', { params: { id: registrationId }, body, key }),
    close,
  );
  const body = {
    ...(mobile.trim() ? { mobile: mobile.trim() } : {}),
    ...(landline.trim() ? { landline: landline.trim() } : {}),
    ...(email.trim() ? { email: email.trim() } : {}),
    ...(detail.trim() ? { residence: { division, detail: detail.trim() } } : {}),
    ...(hukou !== current.hukou ? { hukou: hukou as '10' | '20' } : {}),
    ...(veteran !== current.veteran ? { veteran: veteran as 'yes' | 'no' } : {}),
    ...(urban && (detail.trim() || urban !== current.residenceUrban) ? { residenceUrban: urban as 'yes' | 'no' } : {}),
  };
  const nothing = Object.keys(body).length === 0;
  const moved = division !== current.residenceDivision;
  return (
    <ActionDrawer
      title="更正资料"
      close={close}
      submit={() => action.mutate({ ...body, reason: reason.trim() })}
      submitText="更正"
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      hold={
        moved && !detail.trim()
          ? '换了县（市、区），请写详细地址'
          : nothing
            ? '请填写要改的内容'
            : reason.trim().length < 2
              ? '请写明原因'
              : undefined
      }
      consequence="新旧内容都保留；消息发到原来的号码。登记机构不变。"
    >
      <Field label="手机号码" hint={`现在：${current.mobile || '（空）'}。不改就不填`}>
        <Input inputMode="tel" maxLength={20} value={mobile} onChange={(event) => setMobile(event.target.value)} />
      </Field>
      <Field label="固定电话" hint={`现在：${current.landline || '（空）'}`}>
        <Input inputMode="tel" maxLength={20} value={landline} onChange={(event) => setLandline(event.target.value)} />
      </Field>
      <Field label="电子邮箱" hint={`现在：${current.email || '（空）'}`}>
        <Input inputMode="email" maxLength={60} value={email} onChange={(event) => setEmail(event.target.value)} />
      </Field>
      <Field label="常住地" hint={`现在：${current.residence || '（空）'}`}>
        <DivisionSelect
          value={division}
          near={current.residenceDivision}
          onChange={(next) => {
            setDivision(next ?? '');
            setUrban('');
          }}
        />
      </Field>
      <Field label="详细地址" hint="街道、社区（村）、门牌号">
        <Input
          maxLength={200}
          value={detail}
          onChange={(event) => {
            setDetail(event.target.value);
            setUrban('');
          }}
        />
      </Field>
      <Group legend="常住地城乡" hint="只用于统计；改了地址要再选一次，不选为不详。">
        <Radio.Group value={urban} onChange={(event) => setUrban(event.target.value)}>
          {Object.entries(residenceUrbanTexts).map(([value, text]) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      <Group legend="户口性质" hint="只用于统计，不影响登记和服务；本人不愿说的不填。">
        <Radio.Group value={hukou} onChange={(event) => setHukou(event.target.value)}>
          {Object.entries(hukouTexts).map(([value, text]) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      <Group legend="退役军人">
        <Radio.Group value={veteran} onChange={(event) => setVeteran(event.target.value)}>
          {Object.entries(veteranTexts).map(([value, text]) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      <FreeText label="更正原因" required max={200} rows={2} value={reason} onChange={setReason} />
    </ActionDrawer>
  );
}

function SettleDrawer({ registrationId, one, close }: { registrationId: string; one: Correction; close: () => void }) {
  const [note, setNote] = useState('');
  const [shown, setShown] = useState(one);
  const reveal = useMutation({
    mutationFn: () => call('revealCorrection', { params: { id: one.id }, body: { reason: '核实本人提交的新地址' } }),
    onSuccess: setShown,
  });
  const forbidden = useForbidden(note).length > 0;
  const action = useCorrecting(
    registrationId,
    (body: { accept: boolean; note: string }, key) => call('settleCorrection', { params: { id: one.id }, body, key }),
    close,
  );
  const hold = note.trim().length < 2 ? '请写明核实情况' : forbidden ? '有不能写的内容' : undefined;
  return (
    <ActionDrawer
      title="处理本人提交的新地址"
      close={close}
      submit={() => action.mutate({ accept: true, note: note.trim() })}
      submitText="核实无误，更正"
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      hold={hold}
      consequence="本人会收到消息。登记仍由本机构办理，转移登记机构另行办理。"
    >
      <Changed one={shown} />
      {shown === one && (
        <p>
          <Button size="small" loading={reveal.isPending} onClick={() => reveal.mutate()}>
            显示完整地址
          </Button>{' '}
          <span className="quiet">会记下“核实本人提交的新地址”，本人可以看到。</span>
        </p>
      )}
      {reveal.error && <Refused trouble={troubleOf(reveal.error)} />}
      <FreeText label="核实情况（本人可见）" required max={200} value={note} onChange={setNote} autoFocus />
      <Button
        disabled={Boolean(hold) || action.isPending}
        onClick={() => action.mutate({ accept: false, note: note.trim() })}
      >
        不更正，保留原地址
      </Button>
    </ActionDrawer>
  );
}
