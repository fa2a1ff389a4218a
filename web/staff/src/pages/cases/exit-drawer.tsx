import { codeEntries, codeText, exitSubReasonTables } from '@yingdeng/contract/code-tables.ts';
import {
  type ExitEvidenceKind,
  type ExitReason,
  exitEvidenceKinds,
  exitReasonRules,
  exitReasons,
  isExitReason,
  isGuarded,
} from '@yingdeng/rules/exit.ts';
import { forbiddenGrounds } from '@yingdeng/rules/forbidden-grounds.ts';
import { policyFor } from '@yingdeng/rules/provisions/policy.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Input, Radio } from 'antd';
import { useMemo, useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { type EvidenceRow, EvidenceRows } from '../../parts/evidence.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText } from '../../parts/free-text.tsx';
import { useRefusedOffers } from '../vacancies/refused-offers.ts';
import { attemptRows, GuardedEvidence, type GuardedReason, type GuardedRow, guardedProgress } from './guarded-exit.tsx';
import { type CaseFile, type Registration, useCaseAction } from './model.ts';
import { NoticePreview } from './notice-preview.tsx';

type ExitBody = Body<'proposeExit'>;

const groups: readonly { title: string; hint?: string; reasons: readonly ExitReason[] }[] = [
  { title: '已经就业', reasons: ['11', '12', '13', '14'] },
  { title: '终止就业要求', reasons: ['23', '24', '25', '26'] },
  { title: '超出登记年龄', reasons: ['21'] },
  { title: '其他', reasons: ['90'] },
  { title: '不得简单据此注销', hint: '须逐次举证，发出最后一次告知，并由第二人复核。', reasons: ['31', '32'] },
];
const isGuardedReason = (reason: string): reason is GuardedReason => reason === '31' || reason === '32';

/** 提出退出: reason, sub-reason, evidence, date; and, before it is sent, who will be told. */
export function ProposeExit({
  file,
  registration,
  close,
}: {
  file: CaseFile;
  registration: Registration;
  close: () => void;
}) {
  const today = useToday();
  const refused = useRefusedOffers(registration.id);
  const division = file.application.office.slice(0, 6);
  const [reason, setReason] = useState<ExitReason>();
  const [subReason, setSubReason] = useState('');
  const [rows, setRows] = useState<EvidenceRow[]>([]);
  const [guarded, setGuarded] = useState<GuardedRow[]>([]);
  const [exitOn, setExitOn] = useState(today);
  const [remark, setRemark] = useState('');
  const [income, setIncome] = useState({ monthly: '', standard: '' });
  const policy = useMemo(
    () => policyFor(division, exitOn > today || exitOn === '' ? today : exitOn),
    [division, exitOn, today],
  );
  const lawful: readonly string[] = policy.exitReasons?.value ?? exitReasons;
  const rule = reason && exitReasonRules[reason];
  const subTable = reason && exitSubReasonTables[reason];
  const action = useCaseAction(
    file.application.id,
    (body: ExitBody, key) => call('proposeExit', { params: { id: registration.id }, body, key }),
    close,
  );
  const progress = reason && isGuardedReason(reason) ? guardedProgress(reason, guarded, policy) : [];
  const proof = rows.some((row) => rule?.evidence.some((kind) => kind === row.kind));
  const texts = [remark, ...rows.map((row) => row.text)];
  const hold = !reason
    ? '请选择原因'
    : subTable && !subReason
      ? '请选明是哪一种'
      : exitOn === '' || exitOn > today || exitOn < registration.registeredOn
        ? `退出日期应在${registration.registeredOn}至今天之间`
        : isGuardedReason(reason)
          ? progress.find(({ done }) => !done)?.lack
          : !proof
            ? '还没有依据'
            : rows.some((row) => row.kind === '' || row.text.trim() === '')
              ? '每项依据都要写明种类和内容'
              : rule?.needsText && remark.trim() === ''
                ? '请写明具体情形'
                : rule?.needsIncome &&
                    !(Number(income.monthly) >= Number(income.standard) && Number(income.standard) > 0)
                  ? '月收入应不低于当地最低生活保障标准'
                  : texts.some((text) => forbiddenGrounds(text).length > 0)
                    ? '有不能写的内容'
                    : undefined;
  function choose(next: ExitReason): void {
    setReason(next);
    setSubReason('');
    setIncome({ monthly: '', standard: '' });
    setGuarded(next === '32' ? attemptRows(registration.contacts) : next === '31' ? refused : []);
    const only = exitReasonRules[next].evidence;
    setRows(
      isGuardedReason(next) ? [] : [{ key: 0, kind: only.length === 1 ? (only[0] ?? '') : '', date: today, text: '' }],
    );
  }
  function submit(): void {
    if (!reason) return;
    const evidence: ExitBody['evidence'] = isGuardedReason(reason)
      ? guarded.map((row) => ({
          kind: reason === '31' ? 'serviceOffers' : 'contactAttempts',
          date: row.date || undefined,
          text: row.text.trim(),
          ...(reason === '31' ? { suitable: row.suitable } : { means: row.means }),
        }))
      : rows.map(({ kind, date, text }) => ({ kind, date: date || undefined, text: text.trim() }));
    const incomeText = rule?.needsIncome ? `月收入${income.monthly}元，当地最低生活保障标准${income.standard}元。` : '';
    action.run({
      reason,
      subReason: subReason || undefined,
      evidence,
      exitOn,
      remark: `${incomeText}${remark.trim()}`.slice(0, 100),
      source: 'clerk',
    });
  }
  const kinds = (rule?.evidence ?? []).map((value: ExitEvidenceKind) => ({ value, label: exitEvidenceKinds[value] }));
  return (
    <ActionDrawer
      {...action}
      title={`提出退出：${file.person.name}`}
      close={close}
      submit={submit}
      submitText="提出退出"
      size={680}
      hold={hold}
      consequence={
        reason && isGuarded(reason, policy)
          ? '提出后登记仍有效。要经最后一次告知、期满无回应、第二人复核，才会退出。'
          : '提出后登记仍有效，确认后才退出，当晚上传全国平台。'
      }
    >
      <Group legend="退出原因" required>
        <Radio.Group
          className="choices choices-two"
          value={reason}
          onChange={(event) => {
            const value = String(event.target.value);
            if (isExitReason(value)) choose(value);
          }}
        >
          {groups.map(({ title, hint, reasons }) => (
            <div className="choice-group" key={title}>
              <p className="choice-title">
                {title}
                {hint && <span className="quiet">{hint}</span>}
              </p>
              {reasons
                .filter((one) => lawful.includes(one))
                .map((one) => (
                  <Radio key={one} value={one}>
                    <span className="num quiet">{one}</span> {codeText('exitReason', one)}
                  </Radio>
                ))}
            </div>
          ))}
        </Radio.Group>
      </Group>
      {reason && (
        <>
          <h3 className="part">{codeText('exitReason', reason)}</h3>
          {subTable && (
            <Group legend="是哪一种" required>
              <Radio.Group
                value={subReason}
                optionType="button"
                options={codeEntries(subTable).map(([value, label]) => ({ value, label }))}
                onChange={(event) => setSubReason(String(event.target.value))}
              />
            </Group>
          )}
          <div className="two">
            <Field label="退出日期" required hint="情形发生的日期，不晚于今天。">
              <DateField value={exitOn} onChange={setExitOn} />
            </Field>
          </div>
          {rule?.needsIncome && (
            <div className="two">
              <Field label="月收入（元）" required>
                <Input
                  inputMode="decimal"
                  value={income.monthly}
                  onChange={(event) => setIncome({ ...income, monthly: event.target.value.replace(/[^\d.]/g, '') })}
                />
              </Field>
              <Field label="当地最低生活保障标准（元/月）" required>
                <Input
                  inputMode="decimal"
                  value={income.standard}
                  onChange={(event) => setIncome({ ...income, standard: event.target.value.replace(/[^\d.]/g, '') })}
                />
              </Field>
            </div>
          )}
          {isGuardedReason(reason) ? (
            <GuardedEvidence reason={reason} rows={guarded} onChange={setGuarded} progress={progress} policy={policy} />
          ) : (
            <Group legend="依据" required hint={`任选其一：${kinds.map(({ label }) => label).join('、')}。`}>
              <EvidenceRows rows={rows} kinds={kinds} onChange={setRows} />
            </Group>
          )}
          <FreeText
            label={rule?.needsText ? '具体情形' : '备注（可不填）'}
            required={rule?.needsText}
            max={rule?.needsIncome ? 50 : 100}
            rows={2}
            value={remark}
            onChange={setRemark}
            hint="随退出记录上传全国平台。"
          />
          <NoticePreview reason={reason} subReason={subReason} needsSub={Boolean(subTable)} policy={policy} />
        </>
      )}
    </ActionDrawer>
  );
}
