import { call } from '@yingdeng/web-shared/api.ts';
import { Checkbox, Input } from 'antd';
import { useState } from 'react';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { ChangedMeanwhile, differences, type Facts, standingOf } from './changed.tsx';
import { useSend } from './form.ts';
import { belowWords, type Office } from './office-model.ts';

/** How the code of an office below begins, and how it goes on. */
function codeHint(under: Office): string {
  if (under.kind === 'county') return `${under.code}加3位，共9位`;
  if (under.kind === 'street') return `${under.code}加3位，共12位`;
  return '6位行政区划代码';
}

const lines = [
  ['name', '机构名称', 60, true],
  ['address', '办公地址', 100, false],
  ['telephone', '联系电话', 40, false],
  ['business', '经办项目', 200, false],
  ['responsiblePerson', '负责人', 30, false],
] as const;

const fields = [
  ...lines.map(([name, label]) => [name, label] as const),
  ['town', '城镇'] as const,
  ['open', '状态'] as const,
];

/** Adds an office below one, or changes what is published of one. */
export function OfficeDrawer({ office, under, close }: { office?: Office; under?: Office; close: () => void }) {
  const prefix = under && (under.kind === 'county' || under.kind === 'street') ? under.code : '';
  const [code, setCode] = useState(prefix);
  const [facts, setFacts] = useState({
    name: office?.name ?? '',
    address: office?.address ?? '',
    telephone: office?.telephone ?? '',
    business: office?.business ?? under?.business ?? '',
    responsiblePerson: office?.responsiblePerson ?? '',
  });
  const [open, setOpen] = useState(office?.open ?? true);
  const [town, setTown] = useState(office?.town ?? under?.town ?? true);
  const [base, setBase] = useState(
    office && { version: office.version, facts: { ...facts, town: office.town, open: office.open } as Facts },
  );
  const { submit, busy, trouble, fault, settle } = useSend(
    (key) =>
      office
        ? call('changeOffice', {
            params: { code: office.code },
            body: { version: base?.version ?? office.version, ...facts, town, open },
          })
        : call('addOffice', { body: { code, ...facts, town }, key }),
    ['admin-offices', 'offices'],
    close,
  );
  const missing = [
    !office && !/^\d{6}(\d{3}(\d{3})?)?$/.test(code) && '机构代码',
    !facts.name.trim() && '机构名称',
  ].filter(Boolean);
  const standing = standingOf(trouble);
  const rebase = ({ version, now }: NonNullable<typeof standing>, take: boolean) => {
    setBase({ version, facts: now });
    if (take) {
      setFacts(Object.fromEntries(lines.map(([name]) => [name, String(now[name])])) as typeof facts);
      setOpen(now.open === true);
      setTown(now.town === true);
    }
    settle();
  };
  const closing = office?.open && !open;
  return (
    <ActionDrawer
      title={office ? `编辑机构：${office.name}` : `增加${belowWords[under?.kind ?? '']}`}
      close={close}
      submit={submit}
      submitText={closing ? '保存并停用' : '保存'}
      danger={closing}
      busy={busy}
      trouble={trouble}
      hold={missing.length > 0 ? `还没有填好：${missing.join('、')}` : undefined}
      consequence={closing ? '停用后不再公布，也不能再有账号；办过的业务都保留。' : '保存后马上向社会公布。'}
    >
      {standing && base && (
        <ChangedMeanwhile
          rows={differences(fields, { opened: base.facts, now: standing.now, mine: { ...facts, town, open } })}
          take={() => rebase(standing, true)}
          keep={() => rebase(standing, false)}
        />
      )}
      {office ? (
        <p>
          机构代码 <b className="num">{office.code}</b>
        </p>
      ) : (
        <Field label="机构代码" required fault={fault('code')} hint={under && codeHint(under)}>
          <Input
            className="num"
            autoFocus
            inputMode="numeric"
            maxLength={12}
            value={code}
            onChange={(event) => setCode(event.target.value.replace(/\D/g, ''))}
          />
        </Field>
      )}
      {lines.map(([name, label, max, required]) => (
        <Field key={name} label={label} required={required} fault={fault(name)}>
          {name === 'business' ? (
            <Input.TextArea
              maxLength={max}
              autoSize={{ minRows: 2 }}
              value={facts[name]}
              onChange={(event) => setFacts({ ...facts, [name]: event.target.value })}
            />
          ) : (
            <Input
              maxLength={max}
              value={facts[name]}
              onChange={(event) => setFacts({ ...facts, [name]: event.target.value })}
            />
          )}
        </Field>
      ))}
      <Checkbox checked={town} onChange={(event) => setTown(event.target.checked)}>
        城镇：在这里登记的人计入城镇登记失业人员
      </Checkbox>
      {office && (
        <Checkbox checked={open} onChange={(event) => setOpen(event.target.checked)}>
          启用
        </Checkbox>
      )}
    </ActionDrawer>
  );
}
