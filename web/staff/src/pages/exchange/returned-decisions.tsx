import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Checkbox } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { Box } from '../../parts/page.tsx';
import { Failed } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { More } from '../worklists/more.tsx';
import './exchange.css';
import { Faults } from './faults.tsx';
import './inbound.css';

export type Upload = Answer<'getDecisionUploads'>['items'][number];
type Resend = Body<'resendDecision'>;

/** 平台退回的审核结果: what the platform did not take, with its check and words; put right and sent again (M79-7a). */
export function ReturnedDecisions() {
  const may = useMay();
  const [mending, setMending] = useState<Upload>();
  const list = useInfiniteQuery({
    queryKey: ['decision-uploads', 'returned'],
    queryFn: ({ pageParam, signal }) =>
      call('getDecisionUploads', { query: { after: pageParam || undefined, limit: 20 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data)
    return (
      <Box title="平台退回的审核结果" id="returned">
        <Failed error={list.error} retry={() => void list.refetch()} />
      </Box>
    );
  if (items.length === 0) return null;
  return (
    <Box title="平台退回的审核结果" id="returned">
      <p className="hint">办结已经生效，只是平台没有收下。按退回原因处理后重新上传。</p>
      <ul className="checks">
        {items.map((item) => (
          <li key={item.id} className="check check-open">
            <div className="check-head">
              {item.applicationId ? (
                <Link to={`/cases/${item.applicationId}`}>{item.name || item.number}</Link>
              ) : (
                <b>{item.name || item.platformNumber}</b>
              )}
              <span>{item.outcomeText}</span>
              <span className="quiet">{item.officeName}</span>
            </div>
            <Faults faults={item.faults} />
            <p className="quiet small num">
              {item.platformNumber ?? item.number}，{stampText(item.decidedAt)}办结，上传{item.attempts}次
            </p>
            <div className="difference-act">
              {may('exchange.mend') && (
                <Button size="small" type="primary" onClick={() => setMending(item)}>
                  重新上传
                </Button>
              )}
              {may('exchange.read') && <Link to={`/exchange/decisions/${item.id}`}>看凭据</Link>}
            </div>
          </li>
        ))}
      </ul>
      {list.hasNextPage && <More list={list} count={items.length} />}
      {mending && <Mend item={mending} close={() => setMending(undefined)} />}
    </Box>
  );
}

function Mend({ item, close }: { item: Upload; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const keys = useRequestKey();
  const [reason, setReason] = useState(item.reason ?? '');
  const [local, setLocal] = useState(false);
  const forbidden = useForbidden(reason).length > 0;
  const action = useMutation({
    mutationFn: (body: Resend) =>
      call('resendDecision', { params: { id: item.id }, body, key: keys.keyFor([item.id, body]) }),
    onError: keys.refused,
    onSuccess: (answer) => {
      for (const queryKey of [['decision-uploads'], ['today'], ['platform-side']])
        void cache.invalidateQueries({ queryKey });
      message.success(answer.message);
      close();
    },
  });
  const typed = reason.trim();
  return (
    <ActionDrawer
      title={`重新上传：${item.name || item.platformNumber}`}
      close={close}
      submit={() => action.mutate({ local, ...(typed ? { reason: typed } : {}) })}
      submitText="重新上传"
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      hold={forbidden ? '有不能写的内容' : undefined}
      consequence="几秒内上传。结论不变，只改发给平台的说明或编号。"
    >
      <div className="aside-warn">
        <Faults faults={item.faults} />
      </div>
      <FreeText
        label="给申请人的说明（本人在平台上可见）"
        hint="不填就用原来的说明。"
        value={reason}
        onChange={setReason}
      />
      {item.platformNumber && item.number && (
        <Checkbox checked={local} onChange={(event) => setLocal(event.target.checked)}>
          改用本地受理编号上传（平台说没有这个编号时）
        </Checkbox>
      )}
    </ActionDrawer>
  );
}
