import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { wageText } from './words.ts';
import './vacancy.css';

const VacancyForm = lazy(async () => ({ default: (await import('./vacancy-form.tsx')).VacancyForm }));
type Shown = Answer<'getVacancy'>;

/** One vacancy: what is offered, what came of it, who changed what. */
export default function Vacancy() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['vacancy', id],
    queryFn: ({ signal }) => call('getVacancy', { params: { id }, signal }),
  });
  if (error && !data)
    return (
      <div className="page">
        <Failed whole error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data) return <Loading />;
  return <VacancyPage vacancy={data} refresh={() => void refetch()} />;
}

function VacancyPage({ vacancy, refresh }: { vacancy: Shown; refresh: () => void }) {
  const [open, setOpen] = useState<'change' | 'close' | 'reopen'>();
  const close = () => setOpen(undefined);
  useShortcuts({ r: refresh, e: () => vacancy.mayChange && setOpen('change') });
  const { fields } = vacancy;
  const facts: readonly (readonly [string, React.ReactNode])[] = [
    ['单位', vacancy.employerName],
    ['职业', vacancy.occupationText],
    ['工作地点', `${vacancy.placeText}${fields.workPlace}`],
    ['月工资', `${wageText(vacancy)}元`],
    ['招聘人数', `${vacancy.posts}人`],
    ['用工形式', vacancy.kindText],
    ['学历要求', vacancy.educationText],
    ['技能要求', vacancy.skillText],
    ['单位办公电话', fields.telephone],
    ['有效期', `${fields.validFrom} 至 ${fields.validTo}`],
    ['录入机构', vacancy.officeName],
    ['统一社会信用代码', fields.employerCode || '没有填'],
    ['单位岗位编号', fields.employerRef || '没有'],
  ];
  return (
    <Page
      title={vacancy.title}
      hint={
        <>
          <span className="num">{vacancy.number}</span>{' '}
          <span className={`tag ${vacancy.valid ? 'tag-clear' : ''}`}>{vacancy.stateText}</span>
          {vacancy.closedReason && ` ${vacancy.closedReason}`}
        </>
      }
      tools={
        <>
          <Link to="/vacancies">回到岗位列表</Link>
          <ActionButton why={vacancy.why} hotkey="e" primary onClick={() => setOpen('change')}>
            修改
          </ActionButton>
          {fields && vacancy.stateText === '已关闭' ? (
            <ActionButton why={vacancy.why} onClick={() => setOpen('reopen')}>
              重新开放
            </ActionButton>
          ) : (
            <ActionButton why={vacancy.why} onClick={() => setOpen('close')}>
              关闭
            </ActionButton>
          )}
        </>
      }
    >
      {vacancy.warnings.length > 0 && (
        <section className="box box-warn" aria-label="需要核实">
          <b>推荐前请核实</b>
          <ul className="plain">
            {vacancy.warnings.map((one) => (
              <li key={one.message}>{one.message}</li>
            ))}
          </ul>
        </section>
      )}
      <Box title="岗位">
        <dl className="vacancy-facts">
          {facts.map(([label, value]) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {fields.description && <p className="vacancy-text">{fields.description}</p>}
      </Box>
      <Box title="推荐情况">
        {vacancy.referred === 0 ? (
          <p className="quiet">本市还没有向这个岗位推荐过人。</p>
        ) : (
          <p>
            本市推荐<b className="num"> {vacancy.referred} </b>人次，录用<b className="num"> {vacancy.hired} </b>人。
            {vacancy.hired >= vacancy.posts && '已录满，招满后请关闭岗位。'}
          </p>
        )}
      </Box>
      <Box title="修改记录">
        {vacancy.changes.length === 0 ? (
          <p className="quiet">由其他机构录入，修改记录在{vacancy.officeName}。</p>
        ) : (
          <ol className="events">
            {vacancy.changes.map((change) => (
              <li key={change.at + change.who}>
                <time className="num">{stampText(change.at)}</time>
                <div>
                  <p>
                    {change.text}
                    <span className="quiet">，{change.who}</span>
                  </p>
                  {change.fields.map((one) => (
                    <p key={one.label}>
                      {one.label}：{one.before && <del>{one.before}</del>} {one.after}
                    </p>
                  ))}
                </div>
              </li>
            ))}
          </ol>
        )}
      </Box>
      <Suspense fallback={null}>{open === 'change' && <VacancyForm vacancy={vacancy} close={close} />}</Suspense>
      {(open === 'close' || open === 'reopen') && (
        <StateDrawer vacancy={vacancy} state={open === 'close' ? 'closed' : 'open'} close={close} />
      )}
    </Page>
  );
}

const usual = ['已招满', '单位取消招聘', '联系不上单位', '信息不实'];

function StateDrawer({ vacancy, state, close }: { vacancy: Shown; state: 'open' | 'closed'; close: () => void }) {
  const [reason, setReason] = useState('');
  const cache = useQueryClient();
  const { message } = App.useApp();
  const { keyFor, refused } = useRequestKey();
  const send = useMutation({
    mutationFn: () => {
      const body = { state, reason, version: vacancy.version };
      return call('closeVacancy', { params: { id: vacancy.id }, body, key: keyFor(body) });
    },
    onError: refused,
    onSuccess: ({ vacancy: saved, message: words }) => {
      cache.setQueryData(['vacancy', saved.id], saved);
      void cache.invalidateQueries({ queryKey: ['vacancies'] });
      message.success(words);
      close();
    },
  });
  const closing = state === 'closed';
  return (
    <ActionDrawer
      title={closing ? '关闭岗位' : '重新开放岗位'}
      close={close}
      submit={() => send.mutate()}
      submitText={closing ? '关闭' : '重新开放'}
      busy={send.isPending}
      trouble={send.error ? troubleOf(send.error) : undefined}
      hold={closing && reason.trim() === '' ? '请写明原因' : undefined}
      consequence={closing ? '关闭后不再推荐；正在等结果的推荐照常回访。' : '开放后在有效期内继续推荐。'}
    >
      <Field label="原因" required={closing}>
        <Input autoFocus maxLength={100} value={reason} onChange={(event) => setReason(event.target.value)} />
      </Field>
      {closing && (
        <div className="choice-row">
          {usual.map((one) => (
            <Button key={one} size="small" onClick={() => setReason(one)}>
              {one}
            </Button>
          ))}
        </div>
      )}
    </ActionDrawer>
  );
}
