import { codeTables, codeText, formReasons } from '@yingdeng/contract/code-tables.ts';
import { dayText, monthText } from '@yingdeng/web-shared/date-text.ts';
import { useDivisions } from '@yingdeng/web-shared/division-picker.tsx';
import type { ReactNode } from 'react';
import type { Draft } from './draft.ts';
import { withoutUnasked } from './screens.ts';
import { educationText } from './words.ts';

/** The answers laid out like annex 1, each block with its way back. */
export function Review({ draft, onMend, today }: { draft: Draft; onMend: (step: string) => void; today: string }) {
  const table = useDivisions();
  const form = withoutUnasked(draft);
  const address = (one: Draft['household']) =>
    one?.division ? `${table?.divisionName(one.division) ?? ''}${one.detail}` : '';
  const place = form.registrationPlace as keyof typeof codeTables.registrationPlace.values | undefined;
  const lines = (list: readonly string[] | undefined) => list?.filter(Boolean).join('；') ?? '';
  return (
    <div className="sheet">
      <div className="sheet-title">
        <h2>失业人员登记表</h2>
      </div>
      <Block name="个人基本信息" step="person" onMend={onMend}>
        <Cell name="姓名" value={form.name} />
        <Cell name="性别" value={codeText('sex', form.sex)} />
        <Cell name="民族" value={codeText('ethnic', form.ethnic)} />
        <Cell name="政治面貌" value={codeText('political', form.political)} />
        <Cell name="学历" value={educationText(form.education)} />
        <Cell name="健康状况" value={[codeText('health', form.health), grade(form)].filter(Boolean).join('，')} />
      </Block>
      <Block name="证件" step="who" onMend={onMend}>
        <Cell name="证件类型" value={codeText('identityDocument', form.documentType)?.replace('（户口簿）', '')} />
        <Cell name="证件号" value={form.documentNumber} />
      </Block>
      <Block name="地址" step="address" onMend={onMend}>
        <Cell name="户籍地址" value={address(form.household)} wide />
        <Cell name="常住地址" value={address(form.residence)} wide />
      </Block>
      <Block name="登记失业地" step="place" onMend={onMend}>
        <Cell
          name={place ? codeTables.registrationPlace.values[place] : '登记失业地'}
          value={form.placeDivision ? table?.divisionName(form.placeDivision) : ''}
          wide
        />
      </Block>
      <Block name="联系方式" step="contact" onMend={onMend}>
        <Cell name="手机" value={form.mobile} />
        <Cell name="固定电话" value={form.landline} />
        <Cell name="电子邮件" value={form.email} />
        <Cell name="其他" value={form.otherContact} />
      </Block>
      <Block name="失业情况" step="unemployment" onMend={onMend}>
        <Cell name="失业时间" value={form.unemployedMonth ? monthText(form.unemployedMonth) : ''} />
        <Cell
          name="是否申领失业保险金"
          value={form.wantsBenefit === undefined ? '' : form.wantsBenefit ? '是' : '否'}
        />
        <Cell
          name="失业原因"
          value={[formReasons.find((one) => String(one.box) === form.reason)?.text, form.reasonText]
            .filter(Boolean)
            .join('：')}
          wide
        />
      </Block>
      <Block name="求职意向和技能" step="wishes" onMend={onMend}>
        <Cell name="求职意向" value={lines(form.wishes)} wide />
        <Cell name="职业（工种）资格、职称" value={lines(form.qualifications)} wide />
        <Cell name="其他需要说明的事项" value={form.otherNotes} wide />
      </Block>
      <p className="sheet-date">{dayText(today).replace(/（.*/, '')}</p>
    </div>
  );
}

function grade({ disability }: Draft): string | undefined {
  if (!disability) return undefined;
  const text = codeText(disability.scale === 'card' ? 'disabilityCardGrade' : 'injuryGrade', disability.grade);
  return text && (disability.scale === 'card' ? `残疾人证${text}` : text);
}

function Block({
  name,
  step,
  onMend,
  children,
}: {
  name: string;
  step: string;
  onMend: (step: string) => void;
  children: ReactNode;
}) {
  return (
    <section className="sheet-block" aria-label={name}>
      <div className="sheet-head">
        <h3>{name}</h3>
        <button type="button" className="button quiet" onClick={() => onMend(step)}>
          修改<span className="only-spoken">{name}</span>
        </button>
      </div>
      <dl className="sheet-cells">{children}</dl>
    </section>
  );
}

function Cell({ name, value, wide }: { name: string; value?: string; wide?: boolean }) {
  return (
    <div className={wide ? 'sheet-cell wide-cell' : 'sheet-cell'}>
      <dt>{name}</dt>
      <dd>{value || <span className="soft">未填</span>}</dd>
    </div>
  );
}
