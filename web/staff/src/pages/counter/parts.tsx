import {
  codeEntries,
  codeTables,
  codeText,
  counterDocuments,
  disabilityHealthCodes,
  formReasons,
} from '@yingdeng/contract/code-tables.ts';
import type { FormField } from '@yingdeng/rules/application-form.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { Button, Input, Select } from 'antd';
import { monthEntry } from '../../lib/entries.ts';
import { DivisionSelect } from '../../parts/division-select.tsx';
import { Field } from '../../parts/field.tsx';
import { Choice } from './choice.tsx';
import { CodeSelect } from './code-select.tsx';
import { type Faults, type Form, offeredPlaces } from './form-state.ts';

export interface PartProps {
  form: Form;
  change: (part: Partial<Form>) => void;
  leave: (field: FormField) => void;
  faults: Faults;
  /** Where the answer of a field comes from that was filled in beforehand. */
  from: (field: FormField) => string | undefined;
  own: string;
  today: string;
}

const hmtDocuments = ['04', '05', '06', '17'];
/** Short list of the people who come to a counter; the long national lists are found by typing. */
const documents = counterDocuments.map((code) => [code, codeText('identityDocument', code) ?? code] as const);
export const healths = codeEntries('health').filter(([code]) => code.length === 2);
export const educations = codeEntries('education').filter(([code]) => code !== '10' && code !== '20' && code !== '30');

/** 个人基本信息. */
export function PersonPart({ form, change, leave, faults, from }: PartProps) {
  const number = parseIdentityNumber(form.idNumber);
  const other = form.documentType !== '01';
  const hmt =
    hmtDocuments.includes(form.documentType) ||
    number.kind === 'hmtPermit' ||
    (number.kind === 'letter' && form.idNumber !== '');
  const text = (field: 'name' | 'documentNumber' | 'idNumber') => ({
    value: form[field],
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
    onBlur: () => leave(field),
  });
  return (
    <section className="box" aria-labelledby="part-person">
      <h2 id="part-person">个人基本信息</h2>
      <div className="grid">
        <Field label="证件类型" required fault={faults.documentType} className="w3">
          <CodeSelect
            entries={documents}
            value={form.documentType}
            onChange={(documentType) => change({ documentType })}
          />
        </Field>
        <Field
          label="证件号"
          required
          fault={faults.documentNumber ?? (other ? undefined : faults.idNumber)}
          hint={
            number.birthDate && !other ? `${codeText('sex', number.sex) ?? ''}，${number.birthDate}出生` : undefined
          }
          className="w3"
        >
          <Input {...text('documentNumber')} className="num" maxLength={22} autoFocus spellCheck={false} />
        </Field>
        {other && (
          <Field
            label="社会保障号码"
            required
            fault={faults.idNumber}
            hint={number.birthDate ? `${codeText('sex', number.sex) ?? ''}，${number.birthDate}出生` : undefined}
            className="w3"
          >
            <Input {...text('idNumber')} className="num" maxLength={18} spellCheck={false} />
          </Field>
        )}
        <Field label="姓名" required fault={faults.name} className="w2">
          <Input {...text('name')} maxLength={50} />
        </Field>
        <Choice
          legend="性别"
          required
          fault={faults.sex}
          from={from('sex')}
          className="w2"
          value={form.sex}
          options={[
            ['1', '男'],
            ['2', '女'],
          ]}
          onChange={(sex) => change({ sex })}
        />
        <Field label="民族" required fault={faults.ethnic} from={from('ethnic')} className="w2">
          <CodeSelect
            entries={codeEntries('ethnic')}
            value={form.ethnic}
            onChange={(ethnic) => change({ ethnic })}
            onLeave={() => leave('ethnic')}
          />
        </Field>
        <Field label="政治面貌" fault={faults.political} from={from('political')} className="w3">
          <CodeSelect
            entries={codeEntries('political')}
            value={form.political ?? ''}
            clearable
            onChange={(political) => change({ political })}
          />
        </Field>
        <Field label="学历" required fault={faults.education} from={from('education')} className="w3">
          <CodeSelect
            entries={educations}
            value={form.education}
            onChange={(education) => change({ education })}
            onLeave={() => leave('education')}
          />
        </Field>
        <Field label="健康状况" required fault={faults.health} from={from('health')} className="w3">
          <CodeSelect
            entries={healths}
            value={form.health}
            onChange={(health) => change({ health })}
            onLeave={() => leave('health')}
          />
        </Field>
        {disabilityHealthCodes.includes(form.health) && (
          <Field label="伤残等级" required fault={faults.disability} from={from('disability')} className="w3">
            <Select
              value={form.disability ? `${form.disability.scale}:${form.disability.grade}` : undefined}
              placeholder="选择等级"
              onChange={(value: string) => {
                const [scale, grade = ''] = value.split(':');
                change({ disability: { scale: scale === 'card' ? 'card' : 'injury', grade } });
              }}
              onBlur={() => leave('disability')}
              options={[
                {
                  label: '残疾人证',
                  options: codeEntries('disabilityCardGrade').map(([code, label]) => ({
                    value: `card:${code}`,
                    label: `残疾人证${label}`,
                  })),
                },
                {
                  label: '伤残等级',
                  options: codeEntries('injuryGrade').map(([code, label]) => ({ value: `injury:${code}`, label })),
                },
              ]}
            />
          </Field>
        )}
        <Field label="失业时间" required fault={faults.unemployedMonth} hint="年月，如 202607" className="w3">
          <Input
            value={form.unemployedMonth}
            className="num"
            inputMode="numeric"
            maxLength={10}
            onChange={(event) => change({ unemployedMonth: event.target.value })}
            onBlur={(event) => {
              change({ unemployedMonth: monthEntry(event.target.value) });
              leave('unemployedMonth');
            }}
          />
        </Field>
        {hmt && (
          <Choice
            legend="曾在内地（大陆）就业后失业"
            required
            fault={faults.hmtPreviouslyEmployed}
            className="w3"
            value={form.hmtPreviouslyEmployed === undefined ? '' : form.hmtPreviouslyEmployed ? 'yes' : 'no'}
            options={[
              ['yes', '是'],
              ['no', '否'],
            ]}
            onChange={(value) => change({ hmtPreviouslyEmployed: value === 'yes' })}
          />
        )}
      </div>
    </section>
  );
}

/** Addresses and the place of registration. */
export function AddressPart({ form, change, leave, faults, from, own, today }: PartProps) {
  const free = form.registrationPlace === 'employment' || form.registrationPlace === 'insurance';
  const offered = offeredPlaces(today, /^\d{6}$/.test(form.placeDivision) ? form.placeDivision : own);
  const places = Object.entries(codeTables.registrationPlace.values).filter(([code]) => offered.includes(code));
  return (
    <section className="box" aria-labelledby="part-address">
      <h2 id="part-address">地址和登记失业地</h2>
      <div className="grid">
        <Field label="户籍地址：县（市、区）" required fault={faults.household} from={from('household')} className="w4">
          <DivisionSelect
            value={form.household.division}
            near={own}
            onChange={(division) => change({ household: { ...form.household, division } })}
          />
        </Field>
        <Field label="户籍详细地址" required className="w8">
          <Input
            value={form.household.detail}
            maxLength={200}
            onChange={(event) => change({ household: { ...form.household, detail: event.target.value } })}
            onBlur={() => leave('household')}
          />
        </Field>
        <Field label="常住地址：县（市、区）" required fault={faults.residence} from={from('residence')} className="w4">
          <DivisionSelect
            value={form.residence.division}
            near={own}
            onChange={(division) => change({ residence: { ...form.residence, division } })}
          />
        </Field>
        <Field label="常住详细地址" required className="w6">
          <Input
            value={form.residence.detail}
            maxLength={200}
            onChange={(event) => change({ residence: { ...form.residence, detail: event.target.value } })}
            onBlur={() => leave('residence')}
          />
        </Field>
        <div className="w2 same">
          <Button onClick={() => change({ residence: form.household })} disabled={form.household.division === ''}>
            同户籍地址
          </Button>
        </div>
        <Choice
          legend="登记失业地"
          required
          fault={faults.registrationPlace}
          from={from('registrationPlace')}
          className="w6"
          value={form.registrationPlace}
          options={places}
          onChange={(registrationPlace) => {
            change({
              registrationPlace,
              ...(registrationPlace === 'employment' || registrationPlace === 'insurance' ? { placeDivision: '' } : {}),
            });
            leave('registrationPlace');
          }}
        />
        {free && (
          <Field
            label={`${form.registrationPlace === 'employment' ? '就业地' : '参保地'}所在县（市、区）`}
            required
            fault={faults.placeDivision}
            hint="没有查到记录的，以本人承诺为准。"
            className="w4"
          >
            <DivisionSelect
              value={form.placeDivision}
              near={own}
              onChange={(placeDivision) => change({ placeDivision })}
            />
          </Field>
        )}
      </div>
    </section>
  );
}

/** 联系方式. */
export function ContactPart({ form, change, leave, faults, from }: PartProps) {
  const text = (field: 'mobile' | 'landline' | 'email' | 'otherContact') => ({
    value: form[field] ?? '',
    onChange: (event: { target: { value: string } }) => change({ [field]: event.target.value }),
    onBlur: () => leave(field),
  });
  return (
    <section className="box" aria-labelledby="part-contact">
      <h2 id="part-contact">联系方式</h2>
      <div className="grid">
        <Field label="手机" required fault={faults.mobile} from={from('mobile')} className="w3">
          <Input {...text('mobile')} className="num" inputMode="tel" maxLength={20} />
        </Field>
        <Field label="固定电话" fault={faults.landline} from={from('landline')} className="w3">
          <Input {...text('landline')} className="num" inputMode="tel" maxLength={20} />
        </Field>
        <Field label="电子邮件" fault={faults.email} from={from('email')} className="w3">
          <Input {...text('email')} inputMode="email" maxLength={80} />
        </Field>
        <Field label="其他" fault={faults.otherContact} from={from('otherContact')} className="w3">
          <Input {...text('otherContact')} maxLength={80} />
        </Field>
      </div>
    </section>
  );
}

/** 失业原因 and the benefit. */
export function UnemploymentPart({ form, change, leave, faults }: PartProps) {
  return (
    <section className="box" aria-labelledby="part-reason">
      <h2 id="part-reason">失业原因</h2>
      <div className="grid">
        <Choice
          legend="失业原因"
          required
          hideLegend
          fault={faults.reason}
          className="w12 reasons"
          value={form.reason}
          numbered
          options={formReasons.map(({ box, text }) => [String(box), text] as const)}
          onChange={(reason) => {
            change({ reason });
            leave('reason');
          }}
        />
        {form.reason === '13' && (
          <Field label="请写明原因" required fault={faults.reasonText} className="w6">
            <Input
              value={form.reasonText ?? ''}
              maxLength={100}
              onChange={(event) => change({ reasonText: event.target.value })}
              onBlur={() => leave('reasonText')}
            />
          </Field>
        )}
        <Choice
          legend="是否申领失业保险金"
          required
          fault={faults.wantsBenefit}
          className="w6"
          value={form.wantsBenefit === undefined ? '' : form.wantsBenefit ? 'yes' : 'no'}
          options={[
            ['yes', '是'],
            ['no', '否'],
          ]}
          onChange={(value) => change({ wantsBenefit: value === 'yes' })}
        />
      </div>
    </section>
  );
}

/** 资格, 求职意向, other notes. */
export function WishPart({ form, change, leave, faults, from }: PartProps) {
  const put = (field: 'qualifications' | 'wishes', index: number, value: string) =>
    change({ [field]: (form[field] ?? []).map((line, at) => (at === index ? value : line)) });
  return (
    <section className="box" aria-labelledby="part-wish">
      <h2 id="part-wish">资格、意向和其他（本人自述，可不填）</h2>
      <div className="grid">
        {[0, 1, 2].map((index) => (
          <Field
            key={index}
            label={`资格或职称${index + 1}`}
            className="w4"
            fault={index === 0 ? faults.qualifications : undefined}
            from={index === 0 ? from('qualifications') : undefined}
          >
            <Input
              value={form.qualifications?.[index] ?? ''}
              maxLength={60}
              placeholder={index === 0 ? '如：电工 三级' : undefined}
              onChange={(event) => put('qualifications', index, event.target.value)}
            />
          </Field>
        ))}
        {[0, 1].map((index) => (
          <Field
            key={index}
            label={`求职意向${index + 1}`}
            className="w4"
            fault={index === 0 ? faults.wishes : undefined}
            from={index === 0 ? from('wishes') : undefined}
          >
            <Input
              value={form.wishes?.[index] ?? ''}
              maxLength={60}
              onChange={(event) => put('wishes', index, event.target.value)}
            />
          </Field>
        ))}
        <Field label="其他需要说明的事项" className="w4" fault={faults.otherNotes}>
          <Input
            value={form.otherNotes ?? ''}
            maxLength={300}
            onChange={(event) => change({ otherNotes: event.target.value })}
            onBlur={() => leave('otherNotes')}
          />
        </Field>
      </div>
    </section>
  );
}
