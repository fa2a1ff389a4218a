import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Link, Navigate, useLocation } from 'react-router';
import { CopyNumber } from '../parts/copy-number.tsx';
import { icons } from '../parts/icons.tsx';
import { OfficeLine } from '../parts/office-line.tsx';
import { StatusCard } from '../parts/status-card.tsx';
import { usePageTitle } from '../parts/title.ts';

/** Right after submitting: the number to keep, and what happens now. Opened later, it is my page that says so. */
export function Page() {
  usePageTitle('已提交');
  const receipt = useLocation().state as Answer<'submitApplication'> | null;
  if (!receipt?.number) return <Navigate to="/my" replace />;
  return (
    <div className="wide">
      <div className="column middle stack loose">
        <div className="done">
          <span className="done-sign">{icons.check}</span>
          <div>
            <h1>申请已提交</h1>
            <p className="lead">
              {receipt.repeated ? '这份申请之前已经收到，没有重复办理。' : '我们已经收到，马上开始办理。'}
            </p>
          </div>
        </div>
        <CopyNumber label="受理编号" number={receipt.number} note="请截图或抄下来，查进度要用。短信也会发给您。" />
        <StatusCard status={receipt.status} due={receipt.due}>
          <OfficeLine name={receipt.officeName} telephone={receipt.officeTelephone} />
        </StatusCard>
        <div className="actions no-print">
          <Link className="button" to="/my">
            看我的申请
          </Link>
          <Link className="button plain" to="/">
            回首页
          </Link>
        </div>
      </div>
    </div>
  );
}
