import {
  type EvidenceKind,
  evidenceKinds,
  type Ground,
  groundRules,
  grounds,
  isGround,
} from '@yingdeng/rules/eligibility.ts';
import { forbiddenGrounds } from '@yingdeng/rules/forbidden-grounds.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { Radio, Select } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useToday } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Clause } from '../../parts/clause.tsx';
import { type EvidenceRow, EvidenceRows } from '../../parts/evidence.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { OfficeAt } from '../../parts/office-at.tsx';
import { type CaseFile, useCaseAction } from './model.ts';

interface Props {
  file: CaseFile;
  close: () => void;
}

/** 登记. */
export function Register({ file, close }: Props) {
  const { id, version } = file.application;
  const [note, setNote] = useState('');
  const action = useCaseAction(
    id,
    (body: { version: number; note: string }, key) => call('registerApplication', { params: { id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`登记：${file.person.name}`}
      close={close}
      submit={() => action.run({ version, note })}
      submitText="登记"
      hold={forbiddenGrounds(note).length > 0 ? '说明里有不能写的内容' : undefined}
      consequence="办结后发短信告知本人，首次联系期限从今天起算，审核结果上传全国平台。"
    >
      {file.openFindings > 0 && (
        <p className="aside-warn">
          还有{file.openFindings}
          条比对结果没有核实。比对只作提示，核实后确有就业等情形的，应不予登记；没有查到信息不影响登记。
        </p>
      )}
      <FreeText
        label="说明（可不填）"
        value={note}
        onChange={setNote}
        max={200}
        autoFocus
        hint="本人可以看到这段文字。"
      />
    </ActionDrawer>
  );
}

const kindName = (kind: EvidenceKind) => evidenceKinds[kind];
const kindOptions = Object.entries(evidenceKinds).map(([value, label]) => ({ value, label }));
const isKind = (kind: string): kind is EvidenceKind => Object.hasOwn(evidenceKinds, kind);

/** One row for each piece a ground needs, so that the clerk only fills in. */
function rowsFor(ground: Ground, today: string): EvidenceRow[] {
  return groundRules[ground].evidence.map((group, key) => ({
    key,
    kind: group.length === 1 ? (group[0] ?? '') : '',
    date: today,
    text: '',
  }));
}

/** 不予登记: the closed list, the evidence each ground needs, and no “other”. */
export function Refuse({ file, close }: Props) {
  const { id, version } = file.application;
  const today = useToday();
  const [ground, setGround] = useState<Ground>();
  const [rows, setRows] = useState<EvidenceRow[]>([]);
  const [text, setText] = useState('');
  const action = useCaseAction(
    id,
    (
      body: {
        version: number;
        ground: string;
        evidence: { kind: string; date?: string; text: string }[];
        text: string;
      },
      key,
    ) => call('refuseApplication', { params: { id }, body, key }),
    close,
  );
  const lacking = ground
    ? groundRules[ground].evidence.filter((group) => !rows.some((row) => isKind(row.kind) && group.includes(row.kind)))
    : [];
  const blank = rows.some((row) => row.kind === '' || row.text.trim() === '');
  const forbidden = forbiddenGrounds(text).length > 0 || rows.some((row) => forbiddenGrounds(row.text).length > 0);
  const hold = !ground
    ? '请选择理由'
    : lacking.length > 0
      ? `还缺：${lacking[0]?.map(kindName).join('或')}`
      : blank
        ? '每项依据都要写明种类和内容'
        : forbidden
          ? '有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title={`不予登记：${file.person.name}`}
      close={close}
      submit={() =>
        ground &&
        action.run({
          version,
          ground,
          evidence: rows.map(({ kind, date, text: words }) => ({ kind, date: date || undefined, text: words.trim() })),
          text: text.trim(),
        })
      }
      submitText="不予登记"
      danger
      size={640}
      hold={hold}
      consequence={ground === 'dead' ? '不向本人发消息。' : '办结后告知本人理由、依据和怎样提出异议。'}
    >
      <Group
        legend="理由"
        required
        hint="只能在这些理由里选。材料不全、未参保、不符合领金条件、人户分离、户籍不在本地，都不是理由。"
      >
        <Radio.Group
          className="choices"
          value={ground}
          onChange={(event) => {
            const chosen: unknown = event.target.value;
            if (!isGround(chosen)) return;
            setGround(chosen);
            setRows(rowsFor(chosen, today));
          }}
        >
          {grounds.map((one) => (
            <Radio key={one} value={one}>
              {groundRules[one].text}
              <Clause id={groundRules[one].clause} label=" " />
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      {ground && (
        <Group
          legend="依据"
          required
          hint={
            <>
              需要：{groundRules[ground].evidence.map((group) => group.map(kindName).join('或')).join('；并且')}
              。依据由机构自行取得，不得要求劳动者提供证明材料。
            </>
          }
        >
          <EvidenceRows rows={rows} kinds={kindOptions} onChange={setRows} />
        </Group>
      )}
      {ground && (
        <>
          <FreeText
            label="给本人的补充说明（可不填）"
            value={text}
            onChange={setText}
            hint="用本人看得懂的话。不得要求提供证明材料。"
          />
          {ground !== 'dead' && (
            <section className="preview" aria-label="本人将收到">
              <h3>本人将收到</h3>
              <p>{groundRules[ground].toWorker}</p>
              {text.trim() && <p>{text.trim()}</p>}
              <p>{groundRules[ground].whatToDo}</p>
            </section>
          )}
        </>
      )}
    </ActionDrawer>
  );
}

const reasons = [
  '申请人选择的登记失业地在该机构辖区',
  '申请人常住地在该机构辖区',
  '申请人户籍地在该机构辖区',
  '申请人失业前就业地在该机构辖区',
  '申请人失业前参保地在该机构辖区',
].map((value) => ({ value, label: value }));

/** 转办: to the office of one of the places the worker named. */
export function HandOver({ file, close }: Props) {
  const { id, version, office: own, form } = file.application;
  const navigate = useNavigate();
  const placeOf = (name: string) => {
    const place = form[name];
    return typeof place === 'object' && place !== null && 'division' in place ? String(place.division) : '';
  };
  const named = [String(form.placeDivision ?? ''), placeOf('residence'), placeOf('household')];
  const [division, setDivision] = useState(named.find((code) => code !== '' && code !== own.slice(0, 6)) ?? '');
  const [office, setOffice] = useState('');
  const [reason, setReason] = useState('');
  const [more, setMore] = useState('');
  const words = [reason, more.trim()].filter(Boolean).join('。');
  const action = useCaseAction(
    id,
    async (body: { version: number; office: string; reason: string }, key) => {
      const { message } = await call('handOverApplication', { params: { id }, body, key });
      return { message };
    },
    () => {
      close();
      // The case now belongs to another office and may be out of this clerk's sight.
      navigate('/decisions');
    },
  );
  const hold =
    office === ''
      ? '请选择机构'
      : words.length < 2
        ? '请选择或写明原因'
        : forbiddenGrounds(words).length > 0
          ? '原因里有不能写的内容'
          : undefined;
  return (
    <ActionDrawer
      {...action}
      title={`转办：${file.person.name}`}
      close={close}
      submit={() => action.run({ version, office, reason: words })}
      submitText="转办"
      hold={hold}
      consequence={`办结期限不变，仍为${file.application.due.on}。本人会收到新的办理机构和电话。`}
    >
      <OfficeAt
        division={division}
        office={office}
        near={own}
        hint="只能转到申请人填写的户籍地、常住地、就业地或参保地。"
        onChange={(place) => {
          setDivision(place.division);
          setOffice(place.office);
        }}
      />
      <Field label="原因" required>
        <Select value={reason || undefined} options={reasons} placeholder="选择原因" onChange={setReason} />
      </Field>
      <FreeText
        label="补充说明（可不填）"
        value={more}
        onChange={setMore}
        max={120}
        rows={2}
        hint="“户籍不在本地”“人户分离”不是原因。"
      />
    </ActionDrawer>
  );
}

/** 按重复办结. */
export function CloseDuplicate({ file, close }: Props) {
  const { id, version } = file.application;
  const [note, setNote] = useState('');
  const action = useCaseAction(
    id,
    (body: { version: number; note: string }, key) => call('closeDuplicate', { params: { id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`按重复办结：${file.person.name}`}
      close={close}
      submit={() => action.run({ version, note })}
      submitText="按重复办结"
      hold={forbiddenGrounds(note).length > 0 ? '说明里有不能写的内容' : undefined}
      consequence="原有的登记或在办申请照常有效，本人会收到说明。"
    >
      <p>此人已有：</p>
      <ul className="plain">
        {file.duplicates.map((one) => (
          <li key={one.number}>
            <span className="num">{one.number}</span> {one.text}
          </li>
        ))}
      </ul>
      <FreeText label="说明（可不填）" value={note} onChange={setNote} max={200} rows={2} autoFocus />
    </ActionDrawer>
  );
}
