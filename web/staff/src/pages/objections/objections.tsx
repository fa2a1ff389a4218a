import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Segmented } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';

type Objection = Answer<'getObjections'>['objections'][number];
type State = 'open' | 'answered';

/** What workers write against refusals and exits; answered by a supervisor (M79-14). */
export default function Objections() {
  const may = useMay();
  const [state, setState] = useState<State>('open');
  const [open, setOpen] = useState<Objection>();
  const list = useInfiniteQuery({
    queryKey: ['objections', state],
    queryFn: ({ pageParam, signal }) =>
      call('getObjections', { query: { state, after: pageParam || undefined }, signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
  const all = list.data?.pages.flatMap((page) => page.objections) ?? [];
  return (
    <Page
      title="异议"
      hint="劳动者对不予登记或退出登记的不同意见。决定有误的，用恢复登记等程序改正，再答复。"
      tools={
        <Segmented<State>
          aria-label="待答复或已答复"
          value={state}
          onChange={setState}
          options={[
            { value: 'open', label: '待答复' },
            { value: 'answered', label: '已答复' },
          ]}
        />
      }
    >
      {list.error && !list.data ? (
        <Failed error={list.error} retry={() => void list.refetch()} />
      ) : !list.data ? (
        <Loading />
      ) : all.length === 0 ? (
        <Empty title={state === 'open' ? '没有待答复的异议' : '还没有答复过异议'} />
      ) : (
        <ol className="events">
          {all.map((one) => (
            <li key={one.id}>
              <time className="num">{stampText(one.at)}</time>
              <div>
                <p>
                  <b>{one.name}</b>：{one.subjectText}
                </p>
                <p>{one.text}</p>
                {one.answer && (
                  <p>
                    答复：{one.answer.text}
                    <span className="quiet">
                      （{one.answer.who}，{stampText(one.answer.at)}）
                    </span>
                  </p>
                )}
                <p className="quiet">
                  {one.officeName}
                  {may('application.read') && (
                    <>
                      ，<Link to={`/cases/${one.applicationId}`}>打开业务</Link>
                    </>
                  )}
                </p>
                {one.state === 'open' && may('objection.answer') && (
                  <Button size="small" type="primary" onClick={() => setOpen(one)}>
                    答复
                  </Button>
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
      {list.hasNextPage && (
        <p className="more">
          <Button loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            加载更多
          </Button>
        </p>
      )}
      {open && <AnswerDrawer objection={open} close={() => setOpen(undefined)} />}
    </Page>
  );
}

function AnswerDrawer({ objection, close }: { objection: Objection; close: () => void }) {
  const cache = useQueryClient();
  const [text, setText] = useState('');
  const keys = useRequestKey();
  const forbidden = useForbidden(text).length > 0;
  const answer = useMutation({
    mutationFn: (body: { text: string }) =>
      call('answerObjection', { params: { id: objection.id }, body, key: keys.keyFor(body) }),
    onError: keys.refused,
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['objections'] });
      close();
    },
  });
  return (
    <ActionDrawer
      title={`答复${objection.name}的异议`}
      close={close}
      submit={() => answer.mutate({ text: text.trim() })}
      submitText="答复"
      busy={answer.isPending}
      trouble={answer.error ? troubleOf(answer.error) : undefined}
      hold={text.trim().length < 5 ? '请写明答复' : forbidden ? '有不能写的内容' : undefined}
      consequence="本人会收到消息，在“我的”里看到答复全文和您的姓名。答复后不能修改。"
    >
      <p>
        <b>{objection.subjectText}</b>
      </p>
      <blockquote>{objection.text}</blockquote>
      <FreeText label="答复" required rows={5} max={500} value={text} onChange={setText} autoFocus />
    </ActionDrawer>
  );
}
