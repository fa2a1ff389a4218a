import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Link } from 'react-router';
import './self.css';

/** The month, as every page of the person's own asks for it. */
export function useMyMonth() {
  return useQuery({ queryKey: ['my', 'month'], queryFn: ({ signal }) => call('getMyMonth', { signal }) });
}

/** What one may do after registration, each with how it stands. Without an answer the links stand without words. */
export function SelfLinks({ mayObject }: { mayObject: boolean }) {
  const month = useMyMonth();
  const registration = month.data?.registration;
  if (!registration && !mayObject) return null;
  return (
    <nav aria-label="登记以后可以办的事">
      <ul className="link-list">
        {registration && (
          <>
            <li>
              <Link to="/my/month">
                这个月的情况
                {registration.report ? (
                  <small>已报告</small>
                ) : registration.covered ? (
                  <small>已联系过</small>
                ) : (
                  <small className="owed">{registration.owed ? '本月还没有报告' : '本月可以不报'}</small>
                )}
              </Link>
            </li>
            <li>
              <Link to="/my/jobs">
                我的岗位
                <small>适合我的工作，为什么推荐给我</small>
              </Link>
            </li>
            <li>
              <Link to="/my/plan">
                我的计划和服务
                <small>谁负责我，接下来做什么</small>
              </Link>
            </li>
            <li>
              <Link to="/my/data">
                更正电话、邮箱和住址
                <small>换了号码或搬了家</small>
              </Link>
            </li>
          </>
        )}
        {mayObject && (
          <li>
            <Link to="/my/objections">
              提出异议
              <small>对结果有不同意见</small>
            </Link>
          </li>
        )}
      </ul>
    </nav>
  );
}
