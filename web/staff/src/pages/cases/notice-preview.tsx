import { noticeAfterExit } from '@yingdeng/rules/exit.ts';
import type { ExitReason } from '@yingdeng/rules/exit-reasons.ts';
import type { Policy } from '@yingdeng/rules/provisions/policy.ts';
import { Clause } from '../../parts/clause.tsx';

/** Whether the person will be told of the exit, and why. */
export function NoticePreview({
  reason,
  subReason,
  needsSub,
  policy,
}: {
  reason: ExitReason;
  subReason: string;
  needsSub: boolean;
  policy: Policy;
}) {
  if (needsSub && !subReason) return <p className="preview hint">选明是哪一种后，这里说明是否告知本人。</p>;
  const { notify, why, clause } = noticeAfterExit(reason, subReason || undefined, policy);
  return (
    <section className="preview" aria-label="是否告知本人">
      <h3>{notify ? '退出后会告知本人' : '退出后不告知本人'}</h3>
      <p>{why}</p>
      <p>
        <Clause id={clause} />
      </p>
    </section>
  );
}
