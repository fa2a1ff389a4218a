import { formReasons } from '@yingdeng/contract/code-tables.ts';
import { shanghaiDate } from '@yingdeng/rules/calendar.ts';
import { currentCommitmentVersion, findCommitment } from '@yingdeng/rules/commitment.ts';
import type { FormView } from '../pages/cases/form-view.ts';
import { DivisionName } from './division-select.tsx';
import { SignatureView } from './signature.tsx';

const tick = (on: boolean) => (on ? '☑' : '☐');
const places = [
  ['household', '户籍地址'],
  ['residence', '常住地址'],
  ['employment', '就业地'],
  ['insurance', '参保地'],
] as const;

/** 《失业人员登记表》 as annex 1 prints it: on paper only, one A4 sheet (A21-8a). */
export function AnnexForm({
  view,
  signaturePath,
  signedAt,
  number,
}: {
  view: FormView;
  signaturePath?: string;
  signedAt: string;
  number: string;
}) {
  const [year, month, day] = shanghaiDate(new Date(signedAt)).split('-');
  const left = formReasons.filter(({ box }) => box <= 7);
  const right = formReasons.filter(({ box }) => box > 7);
  const reasons = (list: typeof formReasons) =>
    list.map(({ box, text, needsText }) => (
      <div key={box}>
        {tick(view.reason === box)} {text}
        {needsText && `：${view.reason === box ? view.reasonText : '＿＿＿＿'}（请填写）`}
      </div>
    ));
  const line = (lines: readonly string[], index: number) => lines[index] ?? '';
  const commitment = findCommitment(currentCommitmentVersion)?.commitment;
  return (
    <div className="annex" aria-hidden="true">
      <p className="annex-number">受理编号：{number}</p>
      <p className="annex-title">失业人员登记表</p>
      <table>
        <tbody>
          <tr>
            <th colSpan={8} className="annex-section">
              个人基本信息
            </th>
          </tr>
          <tr>
            <th>姓名*</th>
            <td>{view.name}</td>
            <th>性别*</th>
            <td>{view.sex}</td>
            <th>民族*</th>
            <td>{view.ethnic}</td>
            <th>政治面貌</th>
            <td>{view.political}</td>
          </tr>
          <tr>
            <th>学历*</th>
            <td>{view.education}</td>
            <th>健康状况*</th>
            <td colSpan={3}>{view.health}</td>
            <th>失业时间*</th>
            <td>{view.unemployedMonth.replace(/^(\d+)-0?(\d+)$/, '$1年$2月')}</td>
          </tr>
          <tr>
            <th>证件类型*</th>
            <td colSpan={3}>{view.documentType}</td>
            <th>证件号*</th>
            <td colSpan={3}>{view.documentNumber}</td>
          </tr>
          <tr>
            <th>户籍地址*</th>
            <td colSpan={7}>{view.household}</td>
          </tr>
          <tr>
            <th>常住地址*</th>
            <td colSpan={7}>{view.residence}</td>
          </tr>
          {[0, 1, 2].map((index) => (
            <tr key={index}>
              {index === 0 && (
                <th rowSpan={3} colSpan={2}>
                  职业（工种）资格及等级或专业技术职务名称及级别
                </th>
              )}
              <td colSpan={6}>
                {index + 1}　{line(view.qualifications, index)}
              </td>
            </tr>
          ))}
          <tr>
            <th rowSpan={2}>联系方式</th>
            <th>手机*</th>
            <td colSpan={3}>{view.mobile}</td>
            <th>固定电话</th>
            <td colSpan={2}>{view.landline}</td>
          </tr>
          <tr>
            <th>电子邮件</th>
            <td colSpan={3}>{view.email}</td>
            <th>其他</th>
            <td colSpan={2}>{view.otherContact}</td>
          </tr>
          <tr>
            <th>登记失业地</th>
            <td colSpan={7}>
              {places.map(([place, text]) => (
                <span key={place} className="annex-place">
                  {tick(view.place === place)} {text}　
                </span>
              ))}
              {view.placeDivision && (
                <>
                  （<DivisionName code={view.placeDivision} />）
                </>
              )}
            </td>
          </tr>
          <tr>
            <th rowSpan={2}>失业原因*</th>
            <td colSpan={3}>{reasons(left)}</td>
            <td colSpan={4}>{reasons(right)}</td>
          </tr>
          <tr>
            <td colSpan={7}>
              是否申领失业保险金*　{tick(view.wantsBenefit === true)} 是　{tick(view.wantsBenefit === false)} 否
            </td>
          </tr>
          <tr>
            <th>求职意向</th>
            <td colSpan={3}>1　{line(view.wishes, 0)}</td>
            <td colSpan={4}>2　{line(view.wishes, 1)}</td>
          </tr>
          <tr>
            <th>其他需要说明的事项</th>
            <td colSpan={7}>{view.otherNotes}</td>
          </tr>
          <tr>
            <td colSpan={8} className="annex-promise">
              <p>{commitment}</p>
              <div className="annex-sign">
                <span>申请人（签字）：</span>
                <span className="annex-signature">
                  {signaturePath && <SignatureView path={signaturePath} name={view.name} />}
                </span>
                <span>
                  {year}年{Number(month)}月{Number(day)}日
                </span>
              </div>
            </td>
          </tr>
        </tbody>
      </table>
      <p>
        相关说明：1. 标记“*”的为必填项。2. 如健康状况为残疾，需注明伤残等级。3.
        劳动者通过失业登记服务全国统一入口申请办理失业登记，将填写此表。上述信息将下发至各地，由登记失业地公共就业服务机构为劳动者办理失业登记。
      </p>
    </div>
  );
}
