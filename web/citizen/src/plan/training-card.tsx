import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import { dayText } from '@yingdeng/web-shared/date-text.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { useState } from 'react';
import { useEffectOnce } from '../my/use-effect-once.ts';
import { Fault } from '../parts/fields.tsx';

type Project = Answer<'getMyTraining'>['projects'][number];

/** A city has dozens of courses; the nearest come first and are enough to choose from. */
const AT_FIRST = 3;

/** Courses that fit what the person looks for, one tap to say 想参加; and how the own enrolments stand (A21-4d). */
export function TrainingCard() {
  const { data } = useQuery({
    queryKey: ['my', 'training'],
    queryFn: ({ signal }) => call('getMyTraining', { signal }),
  });
  const { run, busy, fault } = useEffectOnce(() => {});
  const [all, setAll] = useState(false);
  if (!data || (data.projects.length === 0 && data.enrolments.length === 0)) return null;
  return (
    <section className="stack" aria-labelledby="training-heading">
      <h2 id="training-heading">培训</h2>
      {fault && <Fault>{fault}</Fault>}
      {data.enrolments.length > 0 && (
        <ul className="plan-records stack tight">
          {data.enrolments.map((one) => (
            <li key={one.id} className="card stack tight">
              <p>
                <strong>{one.project.name}</strong>
                <span className="soft">{one.stateText}</span>
              </p>
              <p className="soft">
                {one.state === 'wished' && '工作人员会联系您。'}
                {one.state === 'enrolled' &&
                  `${dayText(one.project.startsOn)}在${one.project.place}开班，去不了的提前打电话${one.project.telephone}说一声。`}
                {[one.certificate && `取得${one.certificate}`, one.result].filter(Boolean).join('；')}
              </p>
            </li>
          ))}
        </ul>
      )}
      {data.projects.length > 0 && (
        <ul className="plan-records stack tight">
          {data.projects.slice(0, all ? undefined : AT_FIRST).map((project) => (
            <Offer
              key={project.id}
              project={project}
              busy={busy}
              wish={() =>
                void run((key) => call('wishTraining', { params: { id: project.id }, body: {}, key }), project.id)
              }
            />
          ))}
        </ul>
      )}
      {!all && data.projects.length > AT_FIRST && (
        <div className="actions">
          <button type="button" className="button plain" onClick={() => setAll(true)}>
            再看{data.projects.length - AT_FIRST}个培训项目
          </button>
        </div>
      )}
    </section>
  );
}

function Offer({ project, busy, wish }: { project: Project; busy: boolean; wish: () => void }) {
  return (
    <li className="card stack tight">
      <p>
        <strong>{project.name}</strong>
        <span className="soft">{project.fee === 0 ? '免费' : `${project.fee}元`}</span>
      </p>
      <p>
        {project.institution}，{project.place}
      </p>
      <p className="soft">
        {dayText(project.startsOn)}开班，{dayText(project.applyBy)}前报名，还有{project.seats - project.taken}个名额
      </p>
      <div className="actions">
        <button
          type="button"
          className="button plain"
          aria-disabled={busy}
          aria-label={`想参加${project.name}`}
          onClick={wish}
        >
          想参加
        </button>
      </div>
    </li>
  );
}
