import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { stampText, useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Due } from '../../parts/due.tsx';
import { Field } from '../../parts/field.tsx';
import { Box } from '../../parts/page.tsx';
import { useSend } from './form.ts';
import { PlaceName } from './range-select.tsx';

type Work = Answer<'getListWork'>;
type Draft = Work['drafts'][number];
type Names = Readonly<Record<Draft['list'], string>>;
const shows = ['list-work', 'list-versions', 'lists'];

/** What of the lists waits: versions for a second person, changes with the day by which they are published (A21-4c). */
export function ListWork({ names }: { names: Names }) {
  const { data } = useQuery({ queryKey: ['list-work'], queryFn: ({ signal }) => call('getListWork', { signal }) });
  if (!data || (data.drafts.length === 0 && data.changes.length === 0)) return null;
  return (
    <Box title={`待发布（${data.drafts.length + data.changes.length}）`}>
      <ul className="cards">
        {data.changes.map((one) => (
          <li key={one.id} className="card">
            <b>
              {names[one.list]}要更新：{one.reason}
            </b>
            <Due on={one.dueOn} state={one.state} />
            <span className="quiet">
              <PlaceName prefix={one.division} />，<span className="num">{one.changedOn}</span>变化，{one.registeredBy}
              登记
            </span>
          </li>
        ))}
        {data.drafts.map((one) => (
          <Waiting key={one.id} draft={one} name={names[one.list]} />
        ))}
      </ul>
    </Box>
  );
}

function Waiting({ draft, name }: { draft: Draft; name: string }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const [returning, setReturning] = useState(false);
  const approving = useMutation({
    mutationFn: () => call('approveList', { params: { id: draft.id }, body: {}, key: keyFor(draft.id) }),
    onSuccess: (answer) => {
      for (const queryKey of shows) void cache.invalidateQueries({ queryKey: [queryKey] });
      message.success(answer.message);
    },
    onError: (error) => {
      refused(error);
      message.error(troubleOf(error).message);
    },
  });
  const returned = draft.state === 'returned';
  return (
    <li className="card">
      <b>
        {name}第{draft.version}版{returned ? '被退回' : '等待批准'}
      </b>
      <span className="quiet">
        <PlaceName prefix={draft.division} />，<span className="num">{draft.validFrom}</span>起施行，
        {draft.items.length}行。{draft.author}编写，<span className="num">{stampText(draft.createdAt)}</span>提交
      </span>
      {returned ? (
        <span>
          {draft.settledBy}退回：{draft.note}
        </span>
      ) : (
        <details>
          <summary>看内容</summary>
          <ol>
            {draft.items.map((item) => (
              <li key={JSON.stringify(item)}>
                {draft.columns.map((column) => `${column}：${item[column] ?? ''}`).join('；')}
              </li>
            ))}
          </ol>
        </details>
      )}
      {!returned && draft.own && <span>您是编写人，请另一位同事批准。</span>}
      {!returned && !draft.own && (
        <span className="card-acts">
          <Button type="primary" loading={approving.isPending} onClick={() => approving.mutate()}>
            批准并发布
          </Button>
          <Button onClick={() => setReturning(true)}>退回</Button>
        </span>
      )}
      {returning && <ReturnDrawer draft={draft} name={name} close={() => setReturning(false)} />}
    </li>
  );
}

function ReturnDrawer({ draft, name, close }: { draft: Draft; name: string; close: () => void }) {
  const [reason, setReason] = useState('');
  const { submit, busy, trouble, fault } = useSend(
    (key) => call('returnList', { params: { id: draft.id }, body: { reason: reason.trim() }, key }),
    shows,
    close,
  );
  return (
    <ActionDrawer
      title={`退回${name}第${draft.version}版`}
      close={close}
      submit={submit}
      submitText="退回"
      busy={busy}
      trouble={trouble}
      hold={reason.trim().length < 2 ? '请写明原因' : undefined}
      consequence={`${draft.author}会看到原因，改好后重新提交。`}
    >
      <Field label="原因" required fault={fault('reason')}>
        <Input.TextArea rows={3} maxLength={200} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}

/** 登记内容变化: from here on the days until the list is published are counted (A21-4c). */
export function ChangeDrawer({
  list,
  name,
  division,
  close,
}: {
  list: Draft['list'];
  name: string;
  division: string;
  close: () => void;
}) {
  const today = useToday();
  const { message } = App.useApp();
  const [changedOn, setChangedOn] = useState(today);
  const [reason, setReason] = useState('');
  const { submit, busy, trouble, fault } = useSend(
    (key) => call('registerListChange', { body: { list, division, changedOn, reason: reason.trim() }, key }),
    shows,
    (answer) => {
      message.success(answer.message);
      close();
    },
  );
  return (
    <ActionDrawer
      title={`登记${name}内容变化`}
      close={close}
      submit={submit}
      submitText="登记"
      busy={busy}
      trouble={trouble}
      hold={changedOn === '' ? '请写明变化日期' : reason.trim().length < 4 ? '请写明变化内容' : undefined}
      consequence="从变化当天起计算更新清单的期限，过期的列在最前。"
    >
      <p>
        适用：
        <PlaceName prefix={division} />
      </p>
      <Field label="变化日期" required hint="文件施行的日子。" fault={fault('changedOn')}>
        <DateField value={changedOn} onChange={setChangedOn} />
      </Field>
      <Field label="变化内容" required hint="哪项政策、服务变了，依据什么文件。" fault={fault('reason')}>
        <Input.TextArea rows={3} maxLength={300} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
