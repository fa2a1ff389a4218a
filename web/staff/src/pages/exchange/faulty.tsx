import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Input, Radio } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Due } from '../../parts/due.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { Box } from '../../parts/page.tsx';
import { Failed } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { More } from '../worklists/more.tsx';
import './exchange.css';
import './inbound.css';

type Item = Answer<'getForwardedFaulty'>['items'][number];
type Settlement = Body<'settleForwarded'>;

/** 未能受理: forwarded applications that name no person or no office. A person settles each; the day it is due runs on. */
export function Faulty() {
  const may = useMay();
  const [settling, setSettling] = useState<Item>();
  const list = useInfiniteQuery({
    queryKey: ['forwarded-faulty'],
    queryFn: ({ pageParam, signal }) =>
      call('getForwardedFaulty', { query: { after: pageParam || undefined, limit: 20 }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const items = list.data?.pages.flatMap((page) => page.items) ?? [];
  if (list.error && !list.data)
    return (
      <Box title="未能受理的" id="faulty">
        <Failed error={list.error} retry={() => void list.refetch()} />
      </Box>
    );
  if (items.length === 0) return null;
  return (
    <Box title="未能受理的" id="faulty">
      <p className="hint">平台转来的内容认不出人或登记机构，还没有立案。请联系本人后处理；已告诉平台“转人工办理”。</p>
      <ul className="checks">
        {items.map((item) => (
          <li key={item.id} className="check check-open">
            <div className="check-head">
              <b>{item.name || '没有姓名'}</b>
              <span className="num">{item.idMasked}</span>
              <span className="num">{item.mobileMasked}</span>
              <Due on={item.dueOn} state={item.state} />
            </div>
            <p className="exchange-fault">{item.faults.map(({ message }) => message).join('；')}。</p>
            {item.entries.map((entry) => (
              <p key={entry.at} className="small">
                <span className="num quiet">{stampText(entry.at)}</span> {entry.who}，{entry.note}
              </p>
            ))}
            <p className="quiet small">
              <span className="num">{item.platformNumber}</span>
              {item.placeText && `，${item.placeText}`}，<span className="num">{stampText(item.submittedAt)}</span>
              在平台提交，{item.officeName}
            </p>
            <div className="difference-act">
              {may('exchange.mend') && (
                <Button size="small" type="primary" onClick={() => setSettling(item)}>
                  处理
                </Button>
              )}
              {may('exchange.read') && <Link to={`/exchange/forwarded/${item.platformNumber}`}>看凭据</Link>}
            </div>
          </li>
        ))}
      </ul>
      {list.hasNextPage && <More list={list} count={items.length} />}
      {settling && <Settle item={settling} close={() => setSettling(undefined)} />}
    </Box>
  );
}

const ways: readonly { value: Settlement['do']; text: string; hint: string; label: string; consequence: string }[] = [
  {
    value: 'contacted',
    text: '联系过本人',
    label: '联系情况',
    hint: '何时、怎样联系、结果如何。',
    consequence: '只作记录，仍留在列表里。',
  },
  {
    value: 'joined',
    text: '本人已另行申请',
    label: '说明',
    hint: '本人已在窗口或网上提交。',
    consequence: '那份申请办结后，结果一并答复平台。',
  },
  {
    value: 'answered',
    text: '经平台答复本人',
    label: '答复内容（本人可见）',
    hint: '告诉本人怎样改正、到哪里办理。',
    consequence: '答复马上发给全国平台，本人在平台上看到。',
  },
  {
    value: 'closed',
    text: '不再办理',
    label: '理由',
    hint: '如：重复转来，本人表示不再申请。',
    consequence: '不作不予登记的决定，只从列表里去掉。',
  },
];

function Settle({ item, close }: { item: Item; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const keys = useRequestKey();
  const [way, setWay] = useState<Settlement['do']>('contacted');
  const [note, setNote] = useState('');
  const [number, setNumber] = useState('');
  const told = way === 'answered';
  const forbidden = useForbidden(note).length > 0;
  const action = useMutation({
    mutationFn: (body: Settlement) =>
      call('settleForwarded', { params: { id: item.id }, body, key: keys.keyFor([item.id, body]) }),
    onError: keys.refused,
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['forwarded-faulty'] });
      void cache.invalidateQueries({ queryKey: ['today'] });
      message.success(answer.message);
      close();
    },
  });
  const chosen = ways.find(({ value }) => value === way);
  const hold =
    note.trim().length < 2
      ? '请写明情况'
      : told && forbidden
        ? '有不能写的内容'
        : way === 'joined' && number.trim() === ''
          ? '请填写受理编号'
          : undefined;
  return (
    <ActionDrawer
      title={`处理：${item.name || item.platformNumber}`}
      close={close}
      submit={() =>
        action.mutate({ do: way, note: note.trim(), ...(way === 'joined' ? { number: number.trim() } : {}) })
      }
      submitText={way === 'contacted' ? '记下' : '处理'}
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      hold={hold}
      consequence={chosen?.consequence}
    >
      <div className="aside-warn">
        <p>平台转来的内容：{item.faults.map((fault) => fault.message).join('；')}。</p>
      </div>
      <Group legend="怎样处理" required>
        <Radio.Group
          className="choices"
          value={way}
          onChange={(event) => setWay(event.target.value as Settlement['do'])}
        >
          {ways.map(({ value, text }) => (
            <Radio key={value} value={value}>
              {text}
            </Radio>
          ))}
        </Radio.Group>
      </Group>
      {way === 'joined' && (
        <Field label="那份申请的受理编号" required>
          <Input className="num" maxLength={20} value={number} onChange={(event) => setNumber(event.target.value)} />
        </Field>
      )}
      {told ? (
        <FreeText label={chosen?.label ?? ''} required hint={chosen?.hint} value={note} onChange={setNote} />
      ) : (
        <Field label={chosen?.label} required hint={chosen?.hint}>
          <Input.TextArea rows={3} maxLength={300} value={note} onChange={(event) => setNote(event.target.value)} />
        </Field>
      )}
    </ActionDrawer>
  );
}
