import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Fragment } from 'react';
import { Link } from 'react-router';
import { useSession } from '../data/session.ts';
import { isOver } from '../parts/over.ts';
import { Empty, Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import { InstallNote } from '../self/install-note.tsx';
import { SelfLinks } from '../self/self-links.tsx';
import { CaseView } from './case-view.tsx';
import { MyFrame } from './my-frame.tsx';

/** My page: each of my cases with what happened, what to do, what we do, by when. */
export function Page() {
  usePageTitle('我的');
  const session = useSession();
  return (
    <MyFrame heading={session.data?.name ? `${session.data.name}，您好` : '我的'}>
      <Cases />
    </MyFrame>
  );
}

function Cases() {
  const cases = useQuery({
    queryKey: ['my', 'cases'],
    queryFn: ({ signal }) => call('getMyCases', { signal }),
    refetchOnWindowFocus: true,
  });
  const draft = useQuery({ queryKey: ['my', 'draft'], queryFn: ({ signal }) => call('getDraft', { signal }) });
  if (cases.isPending) return <Loading what="正在读取您的登记" />;
  if (cases.isError) return <Failed error={cases.error} again={() => void cases.refetch()} />;
  const all = cases.data.cases;
  const unfinished = draft.data?.form && Object.keys(draft.data.form).length > 0;
  return (
    <div className="stack loose">
      {unfinished && (
        <div className="note warn">
          <strong>您有一份没填完的申请表。</strong>
          <p>
            已经替您保存好了。<Link to="/apply">接着填</Link>
          </p>
        </div>
      )}
      {all.length === 0 && !unfinished && (
        <Empty heading="还没有申请过" icon="form">
          <p>填一张表就能申请失业登记，大约5分钟。</p>
          <Link className="button big" to="/apply">
            申请失业登记
          </Link>
        </Empty>
      )}
      {all.map((one, index) => (
        <Fragment key={one.applicationId}>
          <CaseView one={one} />
          {index === 0 && <SelfLinks mayObject={all.some(({ status }) => isOver(status))} />}
        </Fragment>
      ))}
      {all.length > 0 && !unfinished && all.every((one) => isOver(one.status)) && (
        <div className="note">
          <strong>又没有工作了？</strong>
          <p>可以随时再来登记。</p>
          <p>
            <Link className="button" to="/apply">
              再次申请
            </Link>
          </p>
        </div>
      )}
      <InstallNote />
    </div>
  );
}
