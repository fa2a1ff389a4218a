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
import { OwedList } from './owed-list.tsx';

const forms = () => import('./project-form.tsx');
const ProjectForm = lazy(async () => ({ default: (await forms()).ProjectForm }));
const CloseProject = lazy(async () => ({ default: (await forms()).CloseProject }));

export type Project = Answer<'getTrainingProjects'>['items'][number];
type Open = { kind: 'enter' } | { kind: 'change' | 'close'; project: Project };
type View = 'open' | 'wished' | 'enrolled' | 'ended';

const hints: Readonly<Record<View, string>> = {
  open: '可以报名的项目，先截止的在前。在本人的服务里报名。',
  wished: '本人在网上说想参加，还没有答复的。',
  enrolled: '培训已经结束、还没有记结果的。',
  ended: '报名已截止或已停止的项目。',
};

/** 培训: projects of the city, wishes to answer, results that are owed (A21-4d). */
export default function Training() {
  const may = useMay();
  const [query, setQuery] = useSearchParams();
  const [open, setOpen] = useState<Open>();
  const manages = may('training.manage');
  const given = query.get('stage') as View | null;
  const view: View = given && Object.hasOwn(hints, given) ? given : 'open';
  const q = query.get('q') ?? '';
  const put = (name: 'q' | 'stage', value: string) => {
    const next = new URLSearchParams(query);
    if (value && value !== 'open') next.set(name, value);
    else next.delete(name);
    setQuery(next, { replace: true });
  };
  useShortcuts({ n: () => manages && setOpen({ kind: 'enter' }) });
  return (
    <Page
      title="培训"
      hint={hints[view]}
      tools={
        <>
          <Segmented
            aria-label="看哪一类"
            value={view}
            onChange={(value) => put('stage', value)}
            options={[
              { value: 'open', label: '可报名' },
              { value: 'wished', label: '想参加' },
              { value: 'enrolled', label: '待记结果' },
              { value: 'ended', label: '已截止' },
            ]}
          />
          {(view === 'open' || view === 'ended') && (
            <Input.Search
              allowClear
              defaultValue={q}
              maxLength={40}
              aria-label="按项目或机构名称查"
              placeholder="项目或机构名称"
              onSearch={(text) => put('q', text.trim())}
            />
          )}
          {manages && (
            <Button type="primary" onClick={() => setOpen({ kind: 'enter' })}>
              录入项目
              <span className="key" aria-hidden="true">
                n
              </span>
            </Button>
          )}
        </>
      }
    >
      {view === 'wished' || view === 'enrolled' ? (
        <OwedList stage={view} />
      ) : (
        <Projects state={view} q={q} act={manages ? setOpen : undefined} />
      )}
      <Suspense fallback={null}>
        {open?.kind === 'enter' && <ProjectForm close={() => setOpen(undefined)} />}
        {open?.kind === 'change' && <ProjectForm project={open.project} close={() => setOpen(undefined)} />}
        {open?.kind === 'close' && <CloseProject project={open.project} close={() => setOpen(undefined)} />}
      </Suspense>
    </Page>
  );
}

const tags: Readonly<Record<Project['state'], string>> = {
  open: 'clear',
  full: 'near',
  ended: 'silent',
  closed: 'silent',
};

function Projects({ state, q, act }: { state: 'open' | 'ended'; q: string; act: ((open: Open) => void) | undefined }) {
  const narrow = useNarrow();
  const { data, error, refetch } = useQuery({
    queryKey: ['training-projects', state, q],
    queryFn: ({ signal }) => call('getTrainingProjects', { query: { state, q: q || undefined }, signal }),
  });
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <Loading />;
  if (data.items.length === 0)
    return <Empty title={q ? '没有找到' : state === 'open' ? '现在没有可报名的项目' : '没有已截止的项目'} />;
  const buttons = (project: Project) =>
    act && project.mine && project.state !== 'closed' ? (
      <span className="row-acts">
        <Button size="small" onClick={() => act({ kind: 'change', project })}>
          修改
        </Button>
        <Button size="small" onClick={() => act({ kind: 'close', project })}>
          停止
        </Button>
      </span>
    ) : null;
  const standing = (project: Project) => <span className={`tag tag-${tags[project.state]}`}>{project.stateText}</span>;
  const fee = (project: Project) => (project.fee === 0 ? '免费' : `${project.fee}元`);
  return narrow ? (
    <ul className="cards">
      {data.items.map((project) => (
        <li key={project.id} className="card">
          <span className="card-top">
            <b>{project.name}</b>
            {standing(project)}
          </span>
          <span>
            {project.institution}，{project.place}
          </span>
          <span className="quiet">
            {project.startsOn}开班，{fee(project)}，{project.taken}/{project.seats}人，{project.applyBy}前报名
          </span>
          {buttons(project)}
        </li>
      ))}
    </ul>
  ) : (
    <Table<Project>
      size="small"
      rowKey="id"
      pagination={false}
      dataSource={[...data.items]}
      columns={[
        {
          title: '项目',
          render: (_, project) => (
            <>
              {project.name}
              <span className="quiet category-why">{project.occupationText || project.kindText}</span>
            </>
          ),
        },
        {
          title: '机构和地点',
          render: (_, project) => (
            <>
              {project.institution}
              <span className="quiet category-why">
                {project.place}，{project.telephone}
              </span>
            </>
          ),
        },
        {
          title: '时间',
          className: 'num',
          width: 120,
          render: (_, project) => (
            <>
              {project.startsOn}
              <span className="quiet category-why">至{project.endsOn}</span>
            </>
          ),
        },
        { title: '报名截止', dataIndex: 'applyBy', className: 'num', width: 110 },
        {
          title: '已报名',
          width: 90,
          className: 'num',
          align: 'right',
          render: (_, project) => `${project.taken}/${project.seats}`,
        },
        { title: '收费', width: 80, align: 'right', render: (_, project) => fee(project) },
        { title: '状态', width: 120, render: (_, project) => standing(project) },
        { title: '操作', width: 130, render: (_, project) => buttons(project) },
      ]}
    />
  );
}
