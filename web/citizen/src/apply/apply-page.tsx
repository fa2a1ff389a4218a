import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { Link } from 'react-router';
import { type Session, useSession } from '../data/session.ts';
import { icons } from '../parts/icons.tsx';
import { isOver } from '../parts/over.ts';
import { Failed, Loading } from '../parts/states.tsx';
import { usePageTitle } from '../parts/title.ts';
import '../styles/apply.css';
import { Guided } from './guided.tsx';

/** The application: before signing in what it takes, afterwards the guided steps. */
export function Page() {
  usePageTitle('申请失业登记');
  const session = useSession();
  if (session.isError) return <Failed error={session.error} again={() => void session.refetch()} />;
  if (!session.data) return <Loading />;
  const { profile } = session.data;
  if (!session.data.signedIn || !profile) return <Before staff={session.data.kind === 'staff'} />;
  return <Signed key={profile.idNumber} profile={profile} />;
}

function Before({ staff }: { staff: boolean }) {
  const needs = [
    '身份证号（登录后自动填好）',
    '户口地址和现在的住址',
    '什么时候、为什么没有工作的',
    '一个能接通的手机号',
  ];
  return (
    <div className="wide">
      <div className="column middle stack loose">
        <div className="stack tight">
          <h1>申请失业登记</h1>
          <p className="lead">一步一步问您几个问题，大约5分钟。中途可以停下，换个手机接着填。</p>
        </div>
        {staff && (
          <div className="note warn">
            <strong>您现在用的是工作人员账号。</strong>申请由劳动者本人办理，请先退出再登录。
          </div>
        )}
        <section className="card stack">
          <h2>会问到这些</h2>
          <ul className="points">
            {needs.map((text) => (
              <li key={text}>
                {icons.check}
                <div>{text}</div>
              </li>
            ))}
          </ul>
          <p className="note good">
            <strong>不用准备任何材料。</strong>不要离职证明、毕业证，也不看有没有交社保。
          </p>
          <Link className="button big" to="/sign-in?to=/apply">
            登录，开始填写
          </Link>
        </section>
        <p className="soft">
          不会用手机？<Link to="/institutions">到附近的窗口办</Link>也一样，带上身份证或社会保障卡。
        </p>
      </div>
    </div>
  );
}

function Signed({ profile }: { profile: NonNullable<Session['profile']> }) {
  const cases = useQuery({ queryKey: ['my', 'cases'], queryFn: ({ signal }) => call('getMyCases', { signal }) });
  // Asked for only by who was here before; without an answer nothing is filled in.
  const earlier = useQuery({
    queryKey: ['my', 'form-before'],
    queryFn: ({ signal }) => call('getMyFormBefore', { signal }),
    enabled: (cases.data?.cases.length ?? 0) > 0,
    retry: false,
  });
  if (cases.isPending || earlier.isLoading) return <Loading what="正在打开申请表" />;
  // Without an answer the form can still be filled in: what is open already is found out when it is submitted.
  const open = cases.data?.cases.find((one) => !isOver(one.status));
  if (open) {
    return (
      <div className="wide">
        <div className="column middle stack">
          <h1>{open.registrationNumber ? '您已经登记过了' : '您的申请正在办理'}</h1>
          <p className="lead">{open.status.heading}，不用再申请一次。</p>
          <div className="actions">
            <Link className="button big" to="/my">
              看我的登记
            </Link>
          </div>
        </div>
      </div>
    );
  }
  return <Guided profile={profile} earlier={earlier.data?.before} />;
}
