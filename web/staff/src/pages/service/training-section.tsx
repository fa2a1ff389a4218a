import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { useMay } from '../../session/use-session.ts';

const drawers = () => import('./training-drawers.tsx');
const EnrolDrawer = lazy(async () => ({ default: (await drawers()).EnrolDrawer }));
const EnrolmentDrawer = lazy(async () => ({ default: (await drawers()).EnrolmentDrawer }));

export type TrainingFile = Answer<'getTraining'>;
export type Enrolment = TrainingFile['enrolments'][number];

const tags: Readonly<Record<Enrolment['state'], string>> = {
  wished: 'near',
  enrolled: 'near',
  finished: 'clear',
  dropped: 'silent',
  declined: 'silent',
};

/** 培训: what the person wishes for, is enrolled in and has finished; projects that fit are offered (A21-4d). */
export function TrainingSection({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<'enrol' | Enrolment>();
  const { data } = useQuery({
    queryKey: ['training', registrationId],
    queryFn: ({ signal }) => call('getTraining', { params: { id: registrationId }, signal }),
    enabled: may('training.read'),
  });
  if (!data) return null;
  const manages = may('training.manage');
  const fitting = data.projects.filter(({ fitText }) => fitText).length;
  const close = () => setOpen(undefined);
  return (
    <section aria-label="培训">
      <header>
        <h3>培训</h3>
        {manages && data.open && data.projects.length > 0 && (
          <Button size="small" onClick={() => setOpen('enrol')}>
            报名
          </Button>
        )}
        {fitting > 0 && <span className="quiet">{fitting}个项目适合本人</span>}
      </header>
      {data.enrolments.length === 0 ? (
        <p className="quiet">没有报名。</p>
      ) : (
        <ul className="policies">
          {data.enrolments.map((one) => (
            <li key={one.id}>
              <div>
                <p>
                  <span className={`tag tag-${tags[one.state]}`}>{one.stateText}</span> {one.project.name}
                  <span className="quiet beside">
                    {one.project.institution}，{one.project.startsOn}至{one.project.endsOn}
                  </span>
                </p>
                {(one.certificate || one.result) && (
                  <p className="quiet">
                    {[one.certificate && `取得${one.certificate}`, one.result].filter(Boolean).join('；')}
                  </p>
                )}
              </div>
              {manages && (one.state === 'wished' || one.state === 'enrolled') && (
                <Button size="small" onClick={() => setOpen(one)} aria-label={`${one.project.name}：记结果`}>
                  {one.state === 'wished' ? '答复' : '记结果'}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      <Suspense fallback={null}>
        {open === 'enrol' && <EnrolDrawer file={data} close={close} />}
        {open && open !== 'enrol' && <EnrolmentDrawer file={data} enrolment={open} close={close} />}
      </Suspense>
    </section>
  );
}
