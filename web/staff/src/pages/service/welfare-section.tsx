import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { useMay } from '../../session/use-session.ts';

const drawers = () => import('./welfare-drawers.tsx');
const PlaceDrawer = lazy(async () => ({ default: (await drawers()).PlaceDrawer }));
const CheckDrawer = lazy(async () => ({ default: (await drawers()).CheckDrawer }));
const LeaveDrawer = lazy(async () => ({ default: (await drawers()).LeaveDrawer }));

export type WelfareFile = Answer<'getWelfarePlacement'>;
export type Placement = NonNullable<WelfareFile['current']>;

/** 公益性岗位: where the person is placed, whether on duty month by month, and what may be done (A21-4f). */
export function WelfareSection({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<'place' | 'check' | 'leave'>();
  const { data } = useQuery({
    queryKey: ['welfare', registrationId],
    queryFn: ({ signal }) => call('getWelfarePlacement', { params: { id: registrationId }, signal }),
    enabled: may('post.read'),
  });
  if (!data) return null;
  const { current, earlier, registerAgain } = data;
  const close = () => setOpen(undefined);
  return (
    <section aria-label="公益性岗位">
      <header>
        <h3>公益性岗位</h3>
        {!current && !data.hold && may('post.manage') && (
          <Button size="small" onClick={() => setOpen('place')}>
            安置
          </Button>
        )}
        {current && may('post.check') && (
          <Button size="small" onClick={() => setOpen('check')}>
            在岗核查
          </Button>
        )}
        {current && may('post.manage') && (
          <Button size="small" onClick={() => setOpen('leave')}>
            离岗
          </Button>
        )}
      </header>
      {registerAgain && may('application.enter') && (
        <p className="service-offer">
          已离开公益性岗位，没有工作的可以重新登记。
          <Link to={`/counter?again=${registerAgain.applicationId}`}>重新登记（退出公益性岗位）</Link>
        </p>
      )}
      {current ? <Shown one={current} /> : <p className="quiet">{data.hold ?? '没有安置。'}</p>}
      {earlier.length > 0 && (
        <details>
          <summary>以前的安置（{earlier.length}）</summary>
          {earlier.map((one) => (
            <Shown key={one.id} one={one} />
          ))}
        </details>
      )}
      <Suspense fallback={null}>
        {open === 'place' && <PlaceDrawer file={data} close={close} />}
        {open === 'check' && current && <CheckDrawer file={data} current={current} close={close} />}
        {open === 'leave' && current && <LeaveDrawer file={data} current={current} close={close} />}
      </Suspense>
    </section>
  );
}

function Shown({ one }: { one: Placement }) {
  return (
    <>
      <p>
        <b>{one.post.title}</b> {one.post.employer}
        <span className="quiet beside">
          {one.startsOn}上岗，
          {one.leftOn ? `${one.leftOn}离岗（${one.leftText}）` : `最长到${one.endsBy}`}，{one.placedBy}安置
        </span>
      </p>
      {one.pensionOn && (
        <p className="quiet">
          {one.pensionOn}开始领取养老金，可做到前一天：{one.pensionSource}
        </p>
      )}
      {one.missed.length > 0 && (
        <p className="service-alarm" role="status">
          没有核查的月份：{one.missed.join('、')}
        </p>
      )}
      <ul className="points">
        {one.checks.slice(0, 12).map((check) => (
          <li key={check.month} title={`${check.meansText}，${check.by}${check.text ? `：${check.text}` : ''}`}>
            {check.month} <b>{check.onDuty ? '在岗' : '不在岗'}</b>
            {!check.onDuty && check.text && `（${check.text}）`}
          </li>
        ))}
        {one.checkDue && <li>下次核查：{one.checkDue}前</li>}
      </ul>
    </>
  );
}
