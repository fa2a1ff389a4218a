import { codeEntries, codeText, disabilityScales } from '@yingdeng/contract/code-tables.ts';
import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import { Choices, Fault, SelectField, TextField, Tick } from '../parts/fields.tsx';
import type { QuestionProps } from './questions.tsx';
import { asksGrade, asksHmt } from './screens.ts';
import { educationChoices, healthChoices } from './words.ts';

const mainlandDocuments = [
  { value: '01', text: '居民身份证' },
  { value: '90', text: '社会保障卡' },
];
const hmtDocuments = [
  { value: '17', text: '港澳台居民居住证' },
  { value: '90', text: '社会保障卡' },
  { value: '04', text: '港澳居民来往内地通行证（香港）' },
  { value: '05', text: '港澳居民来往内地通行证（澳门）' },
  { value: '06', text: '台湾居民来往大陆通行证', note: '也可以提交，工作人员会联系您核对' },
];

/** An identity card and the residence permit of 81, 82, 83 carry the person's own number; it need not be typed again. */
function sameNumber(documentType: string, kind: string): boolean {
  return documentType === '01' || (documentType === '17' && kind === 'hmtPermit');
}

/** Name and number are known from the sign-in; sex and birth from the number. */
export function WhoQuestions({ draft, put, fault, profile, today }: QuestionProps) {
  const number = parseIdentityNumber(profile.idNumber, today);
  const hmt = asksHmt({ ...draft, documentType: '' }) || ['04', '05', '06', '17'].includes(draft.documentType ?? '');
  return (
    <>
      <div className="card stack">
        <dl className="facts">
          <div>
            <dt>姓名</dt>
            <dd>{profile.name}</dd>
          </div>
          <div>
            <dt>证件号码</dt>
            <dd className="number">{profile.idNumber}</dd>
          </div>
          {number.sex && (
            <div>
              <dt>性别</dt>
              <dd>{codeText('sex', number.sex)}</dd>
            </div>
          )}
          {number.birthDate && (
            <div>
              <dt>出生日期</dt>
              <dd>{dayText(number.birthDate).replace(/（.*/, '')}</dd>
            </div>
          )}
        </dl>
        <p className="small soft">这些来自您的登录信息，不用再填。不对的话，请退出后用本人身份重新登录。</p>
        {(fault('name') || fault('idNumber')) && (
          <div id="idNumber" tabIndex={-1}>
            <Fault>{fault('name') ?? fault('idNumber')}</Fault>
          </div>
        )}
      </div>
      {!number.sex && (
        <Choices
          id="sex"
          label="性别"
          row
          options={[
            { value: '1', text: '男' },
            { value: '2', text: '女' },
          ]}
          value={draft.sex ?? ''}
          onChange={(sex) => put({ sex })}
          fault={fault('sex')}
        />
      )}
      <Choices
        id="documentType"
        label="您用哪个证件办理"
        options={hmt ? hmtDocuments : mainlandDocuments}
        value={draft.documentType ?? ''}
        onChange={(documentType) =>
          put({ documentType, documentNumber: sameNumber(documentType, number.kind) ? profile.idNumber : '' })
        }
        fault={fault('documentType')}
      />
      {draft.documentType && draft.documentType !== '01' && (
        <TextField
          id="documentNumber"
          label={draft.documentType === '90' ? '社会保障卡号' : '证件号'}
          hint={draft.documentType === '90' ? '在社会保障卡正面。' : undefined}
          maxLength={22}
          autoComplete="off"
          value={draft.documentNumber ?? ''}
          onChange={(documentNumber) => put({ documentNumber })}
          fault={fault('documentNumber')}
        />
      )}
      {hmt && (
        <Tick
          id="hmtPreviouslyEmployed"
          checked={draft.hmtPreviouslyEmployed ?? false}
          onChange={(hmtPreviouslyEmployed) => put({ hmtPreviouslyEmployed })}
          fault={fault('hmtPreviouslyEmployed')}
        >
          我在内地（大陆）工作过，后来失业了
        </Tick>
      )}
    </>
  );
}

/** Ethnic group, education, health, and the grade only of a disability. */
export function PersonQuestions({ draft, put, fault, from }: QuestionProps) {
  const political = codeEntries('political');
  const disability = draft.disability ?? { scale: 'card' as const, grade: '' };
  const scale = disabilityScales.find((one) => one.scale === disability.scale) ?? disabilityScales[1];
  return (
    <>
      <SelectField
        id="ethnic"
        label="民族"
        options={codeEntries('ethnic')}
        value={draft.ethnic ?? ''}
        onChange={(ethnic) => put({ ethnic })}
        fault={fault('ethnic')}
        from={from('ethnic')}
      />
      <SelectField
        id="education"
        label="学历"
        hint="填最高的，不用毕业证。"
        options={educationChoices}
        value={draft.education ?? ''}
        onChange={(education) => put({ education })}
        fault={fault('education')}
        from={from('education')}
      />
      <Choices
        id="health"
        label="健康状况"
        options={healthChoices}
        value={draft.health ?? ''}
        onChange={(health) => put({ health })}
        fault={fault('health')}
        from={from('health')}
      />
      {asksGrade(draft) && (
        <div className="card stack">
          <Choices
            label="您有哪种残疾证件"
            row
            options={[
              { value: 'card', text: '残疾人证' },
              { value: 'injury', text: '伤残证' },
            ]}
            value={disability.scale}
            onChange={(chosen) => put({ disability: { scale: chosen === 'injury' ? 'injury' : 'card', grade: '' } })}
          />
          <SelectField
            id="disability"
            label="等级"
            options={codeEntries(scale.table)}
            value={disability.grade}
            onChange={(grade) => put({ disability: { scale: disability.scale, grade } })}
            fault={fault('disability')}
            from={from('disability')}
          />
        </div>
      )}
      <SelectField
        id="political"
        label="政治面貌"
        optional
        empty="不填"
        options={[...political.slice(-1), ...political.slice(0, -1)]}
        value={draft.political ?? ''}
        onChange={(code) => put({ political: code })}
        fault={fault('political')}
        from={from('political')}
      />
    </>
  );
}

/** How to reach the person; one telephone is enough. */
export function ContactQuestions({ draft, put, fault, from }: QuestionProps) {
  return (
    <>
      <TextField
        id="mobile"
        label="手机号"
        hint="办理结果会发短信到这里，工作人员也会打这个电话。"
        type="tel"
        inputMode="tel"
        autoComplete="tel"
        maxLength={20}
        value={draft.mobile ?? ''}
        onChange={(mobile) => put({ mobile })}
        fault={fault('mobile')}
        from={from('mobile')}
      />
      <TextField
        id="landline"
        label="固定电话"
        optional
        hint="连区号一起填，如 0391-3569000"
        type="tel"
        inputMode="tel"
        maxLength={20}
        value={draft.landline ?? ''}
        onChange={(landline) => put({ landline })}
        fault={fault('landline')}
        from={from('landline')}
      />
      <TextField
        id="email"
        label="电子邮件"
        optional
        type="email"
        inputMode="email"
        autoComplete="email"
        maxLength={80}
        value={draft.email ?? ''}
        onChange={(email) => put({ email })}
        fault={fault('email')}
        from={from('email')}
      />
      <TextField
        id="otherContact"
        label="其他联系方式"
        optional
        hint="比如家人的电话、微信号"
        maxLength={80}
        value={draft.otherContact ?? ''}
        onChange={(otherContact) => put({ otherContact })}
        fault={fault('otherContact')}
        from={from('otherContact')}
      />
    </>
  );
}
