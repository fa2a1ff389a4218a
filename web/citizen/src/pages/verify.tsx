import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { EnquiryPage, useEnquiry } from '../parts/enquiry.tsx';
import type { SummaryFault } from '../parts/error-summary.tsx';
import { TextField } from '../parts/fields.tsx';
import { usePageTitle } from '../parts/title.ts';

/** Whether a certificate somebody shows is genuine and still valid. */
export function Page() {
  usePageTitle('核验登记凭证');
  const [search] = useSearchParams();
  const [number, setNumber] = useState(search.get('number') ?? '');
  const [checkCode, setCheckCode] = useState(search.get('code') ?? '');
  const enquiry = useEnquiry(
    () => {
      const asked = { number: number.replace(/[\s-]/g, ''), checkCode: checkCode.replace(/[\s-]/g, '').toUpperCase() };
      const missing: SummaryFault[] = [];
      if (!asked.number) missing.push({ field: 'number', message: '请填写登记编号' });
      if (!asked.checkCode) missing.push({ field: 'checkCode', message: '请填写校验码' });
      return { asked, missing };
    },
    (body) => call('verifyCertificate', { body }),
    { field: 'number' },
  );
  const { found, say } = enquiry;

  return (
    <EnquiryPage
      title="核验登记凭证"
      lead="别人给您看失业登记凭证时，在这里查它是不是真的、现在还有没有效。"
      enquiry={enquiry}
      button="核验"
      busyText="正在核验…"
      answer={found && <Verdict answer={found} />}
    >
      <TextField
        id="number"
        label="登记编号"
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
        value={number}
        onChange={setNumber}
        fault={say('number')}
      />
      <TextField
        id="checkCode"
        label="校验码"
        hint="印在凭证下方。"
        autoComplete="off"
        maxLength={20}
        value={checkCode}
        onChange={setCheckCode}
        fault={say('checkCode')}
      />
    </EnquiryPage>
  );
}

function Verdict({ answer }: { answer: Answer<'verifyCertificate'> }) {
  if (!answer.genuine)
    return (
      <div className="note bad">
        <strong>查不到这张凭证。</strong>
        <p>编号和校验码对不上。请核对后再试，不要凭它办事。</p>
      </div>
    );
  return (
    <div className={answer.valid ? 'note good' : 'note warn'}>
      <strong>{answer.valid ? '凭证是真的，登记有效。' : '凭证是真的，但登记已经结束。'}</strong>
      <dl className="facts" style={{ marginTop: '0.6rem' }}>
        {answer.name && (
          <div>
            <dt>姓名</dt>
            <dd>{answer.name}</dd>
          </div>
        )}
        {answer.registeredOn && (
          <div>
            <dt>登记日期</dt>
            <dd>{dayText(answer.registeredOn)}</dd>
          </div>
        )}
        {answer.officeName && (
          <div>
            <dt>办理机构</dt>
            <dd>{answer.officeName}</dd>
          </div>
        )}
      </dl>
    </div>
  );
}
