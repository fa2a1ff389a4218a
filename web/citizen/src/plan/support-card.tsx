import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';

/** Policies the person may be entitled to, told unasked, and how the own applications stand (A21-4g, M79-3b). */
export function SupportCard() {
  const { data } = useQuery({
    queryKey: ['my', 'support'],
    queryFn: ({ signal }) => call('getMySupport', { signal }),
  });
  if (!data || (data.policies.length === 0 && data.applications.length === 0)) return null;
  return (
    <section className="stack" aria-labelledby="support-heading">
      <h2 id="support-heading">可能享受的政策</h2>
      {data.policies.length > 0 && (
        <>
          <ul className="plan-records stack tight">
            {data.policies.map((policy) => (
              <li key={policy.name} className="card stack tight">
                <strong>{policy.name}</strong>
                <p className="soft">
                  {policy.conditions.map((one) => `${one.text}${one.stands === 'yes' ? '（符合）' : ''}`).join('；')}
                </p>
              </li>
            ))}
          </ul>
          <p>想申请的，打电话或到窗口告诉工作人员，当场受理。申请成不成，都不影响失业登记。</p>
        </>
      )}
      {data.applications.length > 0 && (
        <>
          <h3>申请过的政策</h3>
          <ul className="plan-records stack tight">
            {data.applications.map((one) => (
              <li key={one.id} className="card stack tight">
                <p>
                  <strong>{one.policy}</strong>
                  <span className="soft">{dayText(one.acceptedOn)}受理</span>
                </p>
                <p>
                  {one.stateText}
                  {one.result ? `：${one.result}` : one.forwardedTo && `给${one.forwardedTo}`}
                  {one.dueOn && !one.settledOn && `，最晚${dayText(one.dueOn)}有结果`}
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
