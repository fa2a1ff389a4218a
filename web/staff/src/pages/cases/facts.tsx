import { codeText } from '@yingdeng/contract/code-tables.ts';
import type { ReactNode } from 'react';
import { stampText } from '../../lib/dates.ts';
import { DivisionName } from '../../parts/division-select.tsx';
import { SignatureView } from '../../parts/signature.tsx';
import { type FormView, reasonWords } from './form-view.ts';
import type { CaseFile } from './model.ts';

function Row({ label, wide, two, children }: { label: string; wide?: boolean; two?: boolean; children: ReactNode }) {
  return (
    <div className={wide ? 'fact fact-wide' : two ? 'fact fact-two' : 'fact'}>
      <dt>{label}</dt>
      <dd>{children || <span className="quiet">未填</span>}</dd>
    </div>
  );
}

/** The form of annex 1 in its own sections. */
export function Facts({ file, view }: { file: CaseFile; view: FormView }) {
  const { application } = file;
  const paper = application.paperSignature;
  return (
    <div className="facts">
      <h3>个人基本信息</h3>
      <dl>
        <Row label="姓名">{view.name}</Row>
        <Row label="性别">{view.sex}</Row>
        <Row label="民族">{view.ethnic}</Row>
        <Row label="政治面貌">{view.political}</Row>
        <Row label="学历">{view.education}</Row>
        <Row label="健康状况">{view.health}</Row>
        <Row label="失业时间">{view.unemployedMonth}</Row>
        <Row label="证件类型">{view.documentType}</Row>
        <Row label="证件号">
          <span className="num">{view.documentNumber}</span>
        </Row>
        <Row label="户籍地址" wide>
          {view.household}
        </Row>
        <Row label="常住地址" wide>
          {view.residence}
        </Row>
        <Row label="资格或职称" wide>
          {view.qualifications.join('；')}
        </Row>
        {view.hmt && (
          <Row label="港澳台居民" wide>
            本人确认曾在内地（大陆）就业后失业
          </Row>
        )}
      </dl>
      <h3>联系方式</h3>
      <dl>
        <Row label="手机">
          <span className="num">{view.mobile}</span>
        </Row>
        <Row label="固定电话">{view.landline}</Row>
        <Row label="电子邮件">{view.email}</Row>
        <Row label="其他" wide>
          {view.otherContact}
        </Row>
      </dl>
      <h3>失业登记</h3>
      <dl>
        <Row label="登记失业地" wide>
          {codeText('registrationPlace', view.place)}
          {view.placeDivision && (
            <>
              {'，'}
              <DivisionName code={view.placeDivision} />
            </>
          )}
        </Row>
        <Row label="失业原因" wide>
          {reasonWords(view)}
        </Row>
        <Row label="申领失保金">
          {view.wantsBenefit === undefined ? '' : view.wantsBenefit ? '是（另行办理，不影响登记）' : '否'}
        </Row>
        <Row label="求职意向" two>
          {view.wishes.join('；')}
        </Row>
        <Row label="其他说明" wide>
          {view.otherNotes}
        </Row>
      </dl>
      <h3>承诺</h3>
      <div className="signed">
        {application.signaturePath ? (
          <SignatureView path={application.signaturePath} name={view.name} />
        ) : paper ? (
          <p>
            <b>纸质签名存档</b>，存档编号{paper.fileNumber}，见证人{paper.witness}，{paper.recordedBy}记录。
            <br />
            登记表校验码 <span className="num">{paper.sheet}</span>
            <br />
            <span className="quiet break">
              签名内容的摘要（SM3）<span className="digest">{paper.digest}</span>
            </span>
          </p>
        ) : (
          <p className="quiet">在全国平台承诺，没有手写签名。</p>
        )}
        <p className="quiet">
          {paper ? paper.signedOn : stampText(application.signedAt)}签名，承诺书版本{application.commitmentVersion}
        </p>
      </div>
    </div>
  );
}
