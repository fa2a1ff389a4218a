import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import { Link } from 'react-router';

/** The own public-welfare post; after leaving it, the way to a new registration with its reason filled in (A21-4f). */
export function WelfareCard() {
  const { data } = useQuery({
    queryKey: ['my', 'welfare-post'],
    queryFn: ({ signal }) => call('getMyWelfarePost', { signal }),
  });
  const current = data?.current;
  const left = data?.mayRegister ? data.left : undefined;
  if (!current && !left) return null;
  return (
    <section className="stack" aria-labelledby="welfare-heading">
      <h2 id="welfare-heading">公益性岗位</h2>
      {current && (
        <div className="note good">
          <strong>
            {current.post.title}，{current.post.employer}
          </strong>
          <p>
            {dayText(current.startsOn)}上岗，最长到{dayText(current.endsBy)}。每月会核查一次在岗。
          </p>
        </div>
      )}
      {left && (
        <div className="note warn stack tight">
          <strong>您已离开公益性岗位（{left.leftText}）</strong>
          <p>还没有找到工作的，可以重新登记失业，不用交材料，原因已替您选好。</p>
          <div className="actions">
            <Link className="button" to="/apply?reason=10">
              重新登记
            </Link>
          </div>
        </div>
      )}
    </section>
  );
}
