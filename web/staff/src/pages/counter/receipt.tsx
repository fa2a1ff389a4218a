import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Button } from 'antd';
import { Link, useNavigate, useParams } from 'react-router';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { DueWithClause } from '../../parts/due.tsx';
import { Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { keptReceipt } from './kept-receipt.ts';

/** After submission: the number, the due date, the form to print. */
export default function Receipt() {
  const { applicationId = '' } = useParams();
  const navigate = useNavigate();
  const kept = keptReceipt(applicationId);
  // After a reload it is read from the case.
  const later = useQuery({
    queryKey: ['case', applicationId],
    queryFn: ({ signal }) => call('getApplicationCase', { params: { id: applicationId }, signal }),
    enabled: !kept,
  });
  const printed = `/api/applications/${applicationId}/form.pdf`;
  useShortcuts({ p: () => window.open(printed, '_blank'), n: () => navigate('/counter') });
  if (!kept && later.error) return <Failed whole error={later.error} retry={() => void later.refetch()} />;
  if (!kept && !later.data) return <Loading />;
  const number = kept?.receipt.number ?? later.data?.application.number ?? '';
  const due = kept?.receipt.due ?? later.data?.application.due;
  return (
    <Page title={kept?.receipt.repeated ? '这份申请已经提交过' : '已受理'} wide={false}>
      <section className="box receipt">
        <dl>
          <div>
            <dt>申请人</dt>
            <dd>{kept?.name ?? later.data?.person.name}</dd>
          </div>
          <div>
            <dt>受理编号</dt>
            <dd className="num receipt-number">{number}</dd>
          </div>
          <div>
            <dt>办理机构</dt>
            <dd>
              {kept?.receipt.officeName ?? later.data?.application.officeName}
              {kept?.receipt.officeTelephone && <span className="num">，{kept.receipt.officeTelephone}</span>}
            </dd>
          </div>
          <div>
            <dt>办结期限</dt>
            <dd>{due && <DueWithClause due={due} />}</dd>
          </div>
        </dl>
        <p>请告诉申请人：结果会主动告知；凭受理编号和证件号码可以在网上服务大厅查进度，不用再来，也不用再交材料。</p>
        <div className="receipt-buttons">
          {/* The sheet of annex 1 as the server draws it; the look is recorded. */}
          <Button type="primary" href={printed} target="_blank">
            打印登记表
            <span className="key" aria-hidden="true">
              p
            </span>
          </Button>
          <Button onClick={() => navigate('/counter')}>
            登记下一人
            <span className="key" aria-hidden="true">
              n
            </span>
          </Button>
          <Link to={`/cases/${applicationId}`}>打开业务</Link>
        </div>
      </section>
    </Page>
  );
}
