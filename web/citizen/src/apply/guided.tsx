import { type FormAgain, stillKnown } from '@yingdeng/rules/form-again.ts';
import type { FormField } from '@yingdeng/rules/form-fields.ts';
import { shanghaiDay } from '@yingdeng/web-shared/date-text.ts';
import { loadDivisions } from '@yingdeng/web-shared/division-picker.tsx';
import { useEffect, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useLaw } from '../data/place.ts';
import type { Session } from '../data/session.ts';
import { ErrorSummary, type SummaryFault } from '../parts/error-summary.tsx';
import { Loading } from '../parts/states.tsx';
import { questions } from './questions.tsx';
import { Review } from './review.tsx';
import { screenOf, screens, steps } from './screens.ts';
import { SignStep } from './sign-step.tsx';
import { startOf } from './start.ts';
import { type Saved, useDraft } from './use-draft.ts';
import { fromText, offeredHere } from './words.ts';

type Profile = NonNullable<Session['profile']>;
/** The rules that run here too; fetched once. */
const loadRules = () => import('./check.ts');

/** The guided steps: one short page each, checked on leaving, every answer kept. */
export function Guided({ profile, earlier }: { profile: Profile; earlier?: FormAgain }) {
  const [search, setSearch] = useSearchParams();
  // Whoever comes from a public-welfare post is asked the rest only (form reason 10, AJC093 40).
  const [start] = useState(() => ({
    ...startOf(profile),
    ...(search.get('reason') === '10' ? { reason: '10' } : {}),
  }));
  const before = earlier && offeredHere(earlier);
  const kept = useDraft(profile.idNumber, start, before?.form ?? {});
  const { draft, put, saved } = kept;
  const [faults, setFaults] = useState<readonly SummaryFault[]>([]);
  const [attempt, setAttempt] = useState(0);
  const at = Math.max(
    0,
    steps.findIndex((one) => one.id === search.get('step')),
  );
  const step = steps[at] ?? { id: 'who', title: '' };
  const division = draft.placeDivision || draft.residence?.division || draft.household?.division || '';
  const county = division && !division.endsWith('00') ? division : undefined;
  const law = useLaw(county);
  const heading = useRef<HTMLHeadingElement>(null);
  const today = shanghaiDay(new Date());

  useEffect(() => {
    void loadRules();
    void loadDivisions();
    // While the form is filled in, a phone's page belongs to the question: no bar at the bottom.
    document.body.classList.add('filling');
    return () => document.body.classList.remove('filling');
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step starts at its heading.
  useEffect(() => {
    window.scrollTo(0, 0);
    heading.current?.focus({ preventScroll: true });
  }, [step.id]);

  if (saved === 'loading') return <Loading what="正在打开申请表" />;

  const go = (id: string, replace = false) => setSearch({ step: id }, { replace });
  const check = async (fields?: readonly string[]) => {
    const { faultsOf } = await loadRules();
    const all = faultsOf(draft, today, county ?? '410800', law);
    const found = fields ? all.filter((one) => fields.includes(one.field)) : all;
    setFaults(found);
    setAttempt((count) => count + 1);
    return found;
  };
  const next = async () => {
    const screen = screens[at];
    const found = await check(screen?.fields);
    if (found.length > 0) return;
    kept.flush();
    const following = steps[at + 1];
    if (following) go(following.id);
  };
  const answer: typeof put = (part) => {
    put(part);
    const touched = Object.keys(part);
    if (faults.some((one) => touched.includes(one.field)))
      setFaults(faults.filter((one) => !touched.includes(one.field)));
  };
  const fault = (field: string) => faults.find((one) => one.field === field)?.message;
  const known = before && stillKnown(before, draft);
  const from = (field: FormField) => known && before && fromText(known.get(field), before.on);
  const Question = questions[step.id];
  const shown = faults.filter((one) => !screens[at] || screens[at].fields.some((field) => field === one.field));

  return (
    <div className="wide guided">
      <Progress at={at} onGo={go} />
      <div className="column stack loose">
        <div>
          <p className="step-count">
            第{at + 1}步，共{steps.length}步 <SavedSign saved={saved} />
          </p>
          <div className="bar" aria-hidden="true">
            <span style={{ width: `${((at + 1) / steps.length) * 100}%` }} />
          </div>
          <h1 ref={heading} tabIndex={-1}>
            {step.title}
          </h1>
        </div>
        <ErrorSummary
          faults={shown}
          attempt={attempt}
          onGo={
            screens[at]
              ? undefined
              : (field) => {
                  const home = screenOf(field);
                  if (home) go(home.id);
                }
          }
        />
        {Question ? (
          <form
            className="stack loose"
            noValidate
            onSubmit={(event) => {
              event.preventDefault();
              void next();
            }}
          >
            {at === 0 && before && (
              <p className="note good">
                <strong>您以前填过登记表。</strong>还用得上的内容已经帮您填好，每一项都标明了来源，都可以改。
              </p>
            )}
            <Question draft={draft} put={answer} fault={fault} from={from} profile={profile} today={today} />
            <Foot back={at > 0 ? () => go(steps[at - 1]?.id ?? 'who') : undefined} />
          </form>
        ) : step.id === 'review' ? (
          <>
            <Review draft={draft} onMend={(id) => go(id)} today={today} />
            <div className="actions step-foot">
              <button
                type="button"
                className="button big"
                onClick={async () => {
                  if ((await check()).length === 0) go('sign');
                }}
              >
                都对，去签名
              </button>
              <button type="button" className="button plain" onClick={() => go('wishes')}>
                上一步
              </button>
            </div>
          </>
        ) : (
          <SignStep
            kept={kept}
            check={() => check()}
            onFaults={(found) => {
              setFaults(found);
              setAttempt((count) => count + 1);
            }}
            back={() => go('review')}
          />
        )}
      </div>
    </div>
  );
}

function Foot({ back }: { back?: () => void }) {
  return (
    <div className="actions step-foot">
      <button type="submit" className="button big">
        下一步
      </button>
      {back && (
        <button type="button" className="button plain" onClick={back}>
          上一步
        </button>
      )}
    </div>
  );
}

const savedText: Record<Saved, string> = {
  loading: '',
  saved: '已保存',
  saving: '正在保存…',
  here: '已存在这台手机上',
  nowhere: '没有保存上，请不要关闭页面',
};

function SavedSign({ saved }: { saved: Saved }) {
  return (
    <span className="saved" aria-live="polite">
      {savedText[saved]}
    </span>
  );
}

function Progress({ at, onGo }: { at: number; onGo: (id: string) => void }) {
  return (
    <nav className="step-list" aria-label="申请步骤">
      <ol>
        {steps.map((step, index) => (
          <li key={step.id} className={index < at ? 'past' : undefined}>
            <button
              type="button"
              aria-current={index === at ? 'step' : undefined}
              disabled={index > at}
              onClick={() => onGo(step.id)}
            >
              <span className="step-dot" aria-hidden="true">
                {index + 1}
              </span>
              {step.title}
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
