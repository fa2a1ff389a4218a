import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Input, Segmented, Table } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useNarrow } from '../../lib/media.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';

const forms = () => import('./post-form.tsx');
const PostForm = lazy(async () => ({ default: (await forms()).PostForm }));
const ClosePost = lazy(async () => ({ default: (await forms()).ClosePost }));

export type Post = Answer<'getWelfarePosts'>['items'][number];
type Open = { kind: 'enter' } | { kind: 'change' | 'close'; post: Post };

const tags: Readonly<Record<Post['state'], string>> = {
  open: 'clear',
  full: 'near',
  ended: 'silent',
  closed: 'silent',
};

/** 公益性岗位: the posts of the city, how many are taken, and their entry (A21-4f). */
export default function WelfarePosts() {
  const narrow = useNarrow();
  const may = useMay();
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState<Open>();
  const q = query.get('q') ?? '';
  const state = query.get('state') === 'closed' ? 'closed' : 'open';
  const put = (name: 'q' | 'state', value: string) => {
    const next = new URLSearchParams(query);
    if (value) next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace: true });
  };
  const { data, error, refetch } = useQuery({
    queryKey: ['welfare-posts', state, q],
    queryFn: ({ signal }) => call('getWelfarePosts', { query: { state, q: q || undefined }, signal }),
  });
  const manages = may('post.manage');
  useShortcuts({ n: () => manages && setOpen({ kind: 'enter' }), r: () => void refetch() });
  const items = data?.items ?? [];
  const acts = (post: Post) =>
    manages && post.mine && post.state !== 'closed' ? (
      <span className="row-acts">
        <Button size="small" onClick={() => setOpen({ kind: 'change', post })}>
          修改
        </Button>
        <Button size="small" onClick={() => setOpen({ kind: 'close', post })}>
          停止
        </Button>
      </span>
    ) : null;
  const standing = (post: Post) => <span className={`tag tag-${tags[post.state]}`}>{post.stateText}</span>;
  return (
    <Page
      title="公益性岗位"
      hint="只安置就业困难人员，在本人的服务里安置。"
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={state}
            onChange={(value) => put('state', value === 'closed' ? 'closed' : '')}
            options={[
              { value: 'open', label: '在用' },
              { value: 'closed', label: '已停止' },
            ]}
          />
          <Input.Search
            className="find"
            allowClear
            defaultValue={q}
            maxLength={40}
            aria-label="按单位或岗位名称查"
            placeholder="单位或岗位名称"
            onSearch={(text) => put('q', text.trim())}
          />
          {manages && (
            <Button type="primary" onClick={() => setOpen({ kind: 'enter' })}>
              录入岗位
              <span className="key" aria-hidden="true">
                n
              </span>
            </Button>
          )}
        </>
      }
    >
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : items.length === 0 ? (
        <Empty title={q ? '没有找到' : state === 'open' ? '还没有公益性岗位' : '没有停止的岗位'} />
      ) : narrow ? (
        <ul className="cards">
          {items.map((post) => (
            <li key={post.id} className="card">
              <span className="card-top">
                <b>{post.title}</b>
                {standing(post)}
              </span>
              <span>
                {post.employer}，{post.place}
              </span>
              <span className="quiet">
                {post.wage}元，{post.taken}/{post.posts}人，{post.validTo}前招用
              </span>
              {acts(post)}
            </li>
          ))}
        </ul>
      ) : (
        <Table<Post>
          size="small"
          rowKey="id"
          pagination={false}
          dataSource={[...items]}
          columns={[
            { title: '岗位', dataIndex: 'title', width: 150 },
            { title: '单位', dataIndex: 'employer' },
            { title: '地点', dataIndex: 'place' },
            { title: '月工资（元）', dataIndex: 'wage', className: 'num', width: 110, align: 'right' },
            {
              title: '已安置',
              width: 90,
              className: 'num',
              align: 'right',
              render: (_, post) => `${post.taken}/${post.posts}`,
            },
            { title: '招用截止', dataIndex: 'validTo', className: 'num', width: 110 },
            {
              title: '状态',
              width: 150,
              render: (_, post) => (
                <>
                  {standing(post)}
                  {post.closedReason && <span className="quiet"> {post.closedReason}</span>}
                </>
              ),
            },
            { title: '机构', dataIndex: 'officeName', width: 190 },
            { title: '操作', width: 130, render: (_, post) => acts(post) },
          ]}
        />
      )}
      <Suspense fallback={null}>
        {open?.kind === 'enter' && <PostForm close={() => setOpen(undefined)} />}
        {open?.kind === 'change' && <PostForm post={open.post} close={() => setOpen(undefined)} />}
        {open?.kind === 'close' && <ClosePost post={open.post} close={() => setOpen(undefined)} />}
      </Suspense>
    </Page>
  );
}
