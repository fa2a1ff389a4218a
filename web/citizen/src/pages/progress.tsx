import { ApiError, call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import { useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { EnquiryPage, useEnquiry } from '../parts/enquiry.tsx';
import type { SummaryFault } from '../parts/error-summary.tsx';
import { TextField } from '../parts/fields.tsx';
import { OfficeLine } from '../parts/office-line.tsx';
import { wordsOf } from '../parts/states.tsx';
import { StatusCard } from '../parts/status-card.tsx';
import { usePageTitle } from '../parts/title.ts';

/** Progress by number and identity number, without an account (M79-6a). */
export function Page() {
  usePageTitle('查进度');
  const [search] = useSearchParams();
  const [number, setNumber] = useState(search.get('number') ?? '');
  const [idNumber, setIdNumber] = useState('');
  const result = useRef<HTMLDivElement>(null);
  const enquiry = useEnquiry(
    () => {
      const asked = { number: plain(number), idNumber: plain(idNumber) };
      const missing: SummaryFault[] = [];
      if (asked.number.length < 4) missing.push({ field: 'number', message: '请填写受理编号' });
      if (asked.idNumber.length < 6) missing.push({ field: 'idNumber', message: '请填写申请时用的证件号' });
      return { asked, missing };
    },
    (body) => call('enquireProgress', { body }),
    {
      field: 'number',
      say: (error) =>
        error instanceof ApiError && error.status === 404
          ? '没有查到。请核对受理编号和证件号，两个都要对上才能查到。'
          : wordsOf(error),
    },
  );
  const { found, say } = enquiry;
  useEffect(() => {
    if (found) result.current?.focus();
  }, [found]);

  return (
    <EnquiryPage
      title="查进度"
      lead="不用登录，填两个号码就能查。"
      enquiry={enquiry}
      button="查询"
      busyText="正在查询…"
      result={result}
      note={
        <p className="small soft">
          忘了编号？<Link to="/my">登录后也能看到</Link>，或拨打 <a href="tel:12333">12333</a>。
        </p>
      }
      answer={
        found && (
          <StatusCard
            status={found.status}
            above={
              <>
                受理编号 <span className="number">{found.number}</span> · {dayText(found.submittedOn)}提交
              </>
            }
          >
            <OfficeLine name={found.officeName} telephone={found.officeTelephone} />
          </StatusCard>
        )
      }
    >
      <TextField
        id="number"
        label="受理编号"
        hint="提交申请时告诉过您，短信里也有。"
        inputMode="numeric"
        autoComplete="off"
        maxLength={40}
        value={number}
        onChange={setNumber}
        fault={say('number')}
      />
      <TextField
        id="idNumber"
        label="证件号"
        hint="申请时填写的身份证号或其他证件号。"
        autoComplete="off"
        maxLength={22}
        value={idNumber}
        onChange={setIdNumber}
        fault={say('idNumber')}
      />
    </EnquiryPage>
  );
}

const plain = (text: string) => text.normalize('NFKC').replace(/[\s-]/g, '').toUpperCase();
