import { useMutation, useQueryClient } from '@tanstack/react-query';
import { checkPost } from '@yingdeng/rules/welfare-post.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import { App, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useToday } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { DateField } from '../../parts/date-field.tsx';
import { Field } from '../../parts/field.tsx';
import { FreeText, useForbidden } from '../../parts/free-text.tsx';
import type { Post } from './posts.tsx';

/** One write on posts: its key, its refusal in words, and the list asked again. */
function usePostAct<Given>(send: (given: Given, key: string) => Promise<{ message: string }>, close: () => void) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const mutation = useMutation({
    mutationFn: (given: Given) => send(given, keyFor(given)),
    onError: refused,
    onSuccess: (answer) => {
      void cache.invalidateQueries({ queryKey: ['welfare-posts'] });
      void cache.invalidateQueries({ queryKey: ['welfare'] });
      message.success(answer.message);
      close();
    },
  });
  return {
    run: mutation.mutate,
    busy: mutation.isPending,
    ...(mutation.error ? { trouble: troubleOf(mutation.error) } : {}),
  };
}

/** Entry of a post, or a change: checked while it is typed by the rule the server uses. */
export function PostForm({ post, close }: { post?: Post; close: () => void }) {
  const today = useToday() ?? '';
  const [fields, setFields] = useState({
    employer: post?.employer ?? '',
    title: post?.title ?? '',
    place: post?.place ?? '',
    duties: post?.duties ?? '',
    wage: post?.wage ?? 0,
    posts: post?.posts ?? 1,
    validTo: post?.validTo ?? '',
  });
  const put = (part: Partial<typeof fields>) => setFields({ ...fields, ...part });
  const blocked = useForbidden(`${fields.title}\n${fields.duties}`).length > 0;
  const { run, ...action } = usePostAct(
    (body: typeof fields, key) =>
      post
        ? call('changeWelfarePost', { params: { id: post.id }, body: { version: post.version, post: body }, key })
        : call('enterWelfarePost', { body, key }),
    close,
  );
  const text = (field: 'employer' | 'title' | 'place', max: number, autoFocus = false) => (
    <Input
      autoFocus={autoFocus}
      maxLength={max}
      value={fields[field]}
      onChange={(event) => put({ [field]: event.target.value })}
    />
  );
  const number = (field: 'wage' | 'posts') => (
    <InputNumber
      className="num"
      style={{ width: '100%' }}
      min={0}
      precision={0}
      controls={false}
      value={fields[field] || undefined}
      onChange={(value) => put({ [field]: Number(value ?? 0) })}
    />
  );
  return (
    <ActionDrawer
      {...action}
      title={post ? '修改公益性岗位' : '录入公益性岗位'}
      close={close}
      submit={() => run(fields)}
      submitText="保存"
      size={600}
      hold={checkPost(fields, today)?.message ?? (blocked ? '有不能写的内容' : undefined)}
      consequence={post && post.taken > 0 ? `已安置${post.taken}人，不受影响。` : undefined}
    >
      <Field label="用人单位" required>
        {text('employer', 60, true)}
      </Field>
      <div className="two">
        <Field label="岗位名称" required>
          {text('title', 40)}
        </Field>
        <Field label="工作地点" required>
          {text('place', 80)}
        </Field>
      </div>
      <div className="two">
        <Field label="月工资" required hint="元，不含单位缴纳的社会保险费">
          {number('wage')}
        </Field>
        <Field label="岗位数" required>
          {number('posts')}
        </Field>
      </div>
      <Field label="招用截止日期" required hint="过了这一天不再安置">
        <DateField value={fields.validTo} onChange={(validTo) => put({ validTo })} />
      </Field>
      <FreeText label="工作内容" max={200} value={fields.duties} onChange={(duties) => put({ duties })} />
    </ActionDrawer>
  );
}

/** 停止: no further placements; who is in it stays. */
export function ClosePost({ post, close }: { post: Post; close: () => void }) {
  const [reason, setReason] = useState('');
  const { run, ...action } = usePostAct(
    (body: { version: number; reason: string }, key) =>
      call('closeWelfarePost', { params: { id: post.id }, body, key }),
    close,
  );
  return (
    <ActionDrawer
      {...action}
      title={`停止岗位：${post.title}`}
      close={close}
      submit={() => run({ version: post.version, reason: reason.trim() })}
      submitText="停止"
      danger
      hold={reason.trim().length < 2 ? '请写明停止的原因' : undefined}
      consequence={post.taken > 0 ? `不再安置；在岗的${post.taken}人不受影响。` : '不再安置。'}
    >
      <FreeText label="原因" required max={200} value={reason} onChange={setReason} autoFocus />
    </ActionDrawer>
  );
}
