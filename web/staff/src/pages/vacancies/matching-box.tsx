import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { skillLevels } from '@yingdeng/rules/matching.ts';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Checkbox, Input, InputNumber, Radio, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useRequestKey } from '../../lib/keys.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field, Group } from '../../parts/field.tsx';
import { Box } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { OccupationsSelect } from './occupation-select.tsx';
import { SettleReferral } from './settle-referral.tsx';
import { wageText } from './words.ts';
import './vacancy.css';

type Matching = Answer<'getMatches'>;
type Match = Matching['matches'][number];
type Referral = Matching['referrals'][number];
type Open = { kind: 'wish' } | { kind: 'refer'; match: Match } | { kind: 'settle'; referral: Referral };

const key = (registrationId: string) => ['matches', registrationId] as const;

/** 岗位匹配 on the case page: what the person looks for, the best vacancies with their reasons, what was referred and how it went. */
export function MatchingBox({ registrationId }: { registrationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const allowed = may('referral.read');
  const { data, error, refetch } = useQuery({
    queryKey: key(registrationId),
    queryFn: ({ signal }) => call('getMatches', { params: { id: registrationId }, signal }),
    enabled: allowed,
  });
  if (!allowed) return null;
  const record = may('referral.record') && data?.open;
  const close = () => setOpen(undefined);
  // A registration that has ended is matched with nothing; what was referred stays to be read.
  if (data && !data.open && data.referrals.length === 0) return null;
  return (
    <Box
      title="岗位匹配和推荐"
      id="matching"
      tools={
        record && (
          <Button size="small" onClick={() => setOpen({ kind: 'wish' })}>
            修改求职意向
          </Button>
        )
      }
    >
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          {data.open && <Wish wish={data.wish} />}
          <Referrals
            referrals={data.referrals}
            settle={record ? (referral) => setOpen({ kind: 'settle', referral }) : undefined}
          />
          {data.open && (
            <Matches data={data} refer={record ? (match) => setOpen({ kind: 'refer', match }) : undefined} />
          )}
          {open?.kind === 'wish' && <WishDrawer data={data} close={close} />}
          {open?.kind === 'refer' && <ReferDrawer data={data} match={open.match} close={close} />}
          {open?.kind === 'settle' && <SettleReferral referral={open.referral} close={close} />}
        </>
      )}
    </Box>
  );
}

function Wish({ wish }: { wish: Matching['wish'] }) {
  const facts = [
    ['想找', wish.wishTexts.join('、') || '没有说明'],
    ['会做', wish.trainedTexts.join('、') || '没有说明'],
    ['期望月工资', wish.wage ? `${wish.wage}元` : '没有说明'],
    ['住在', wish.placeText],
    ['学历', wish.educationText],
  ] as const;
  return (
    <>
      <dl className="wish-line">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}：</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {wish.source === 'read' && (
        <p className="quiet">
          从登记表和面谈记录读出。
          {wish.unread.length > 0 && `没能认出职业：${wish.unread.join('、')}。`}不准的，请修改求职意向。
        </p>
      )}
    </>
  );
}

/** So many first: the rest is seldom wanted, and the case page goes on below. */
const SHOWN = 4;

function Matches({ data, refer }: { data: Matching; refer?: (match: Match) => void }) {
  const [all, setAll] = useState(false);
  if (data.matches.length === 0)
    return (
      <p className="quiet">
        全省{data.valid}个有效岗位里，没有和求职意向同类、或者在本县（市、区）的岗位。可以修改求职意向再看。
      </p>
    );
  return (
    <>
      <p className="quiet">
        {data.wish.wishes.length + data.wish.trained.length === 0
          ? `不知道想找什么职业，先列出本县（市、区）的岗位。`
          : `从全省${data.valid}个有效岗位里挑出最合适的${data.matches.length}个。`}
        只看职业、地点、工资、学历、技能，满分100。依据：{data.clause.document} {data.clause.clause}
      </p>
      {data.matches.slice(0, all ? undefined : SHOWN).map((match) => (
        <article className="match" key={match.vacancy.id} aria-label={`${match.vacancy.title}，${match.score}分`}>
          <span className="match-score num" aria-hidden="true">
            {match.score}
          </span>
          <div className="match-head">
            <Link to={`/vacancies/${match.vacancy.id}`}>
              <b>{match.vacancy.title}</b>
            </Link>
            <span>{match.vacancy.employerName}</span>
            <span className="num match-wage">{wageText(match.vacancy)}元</span>
          </div>
          <div className="match-do">
            {match.referred ? (
              <span className="tag tag-near">已推荐，等结果</span>
            ) : (
              refer && (
                <Button size="small" onClick={() => refer(match)} aria-label={`推荐${match.vacancy.title}`}>
                  推荐
                </Button>
              )
            )}
          </div>
          <span className="quiet">
            {match.vacancy.placeText}
            {match.vacancy.workPlace}，招{match.vacancy.posts}人，至{match.vacancy.validTo}
          </span>
          <div className="match-why">
            {match.points.map((point) => (
              <span className="why" key={point.name}>
                {plain(point.why)} +{point.points}
              </span>
            ))}
            {[...match.cautions, ...match.vacancy.warnings.map((one) => one.message)].map((text) => (
              <span className="why why-not" key={text}>
                {text}
              </span>
            ))}
          </div>
        </article>
      ))}
      {!all && data.matches.length > SHOWN && (
        <p className="more">
          <Button onClick={() => setAll(true)}>再看{data.matches.length - SHOWN}个</Button>
        </p>
      )}
    </>
  );
}

/** The reasons are written to the person; a clerk reads them about the person. */
const plain = (why: string): string => why.replaceAll('您', '本人');

function Referrals({ referrals, settle }: { referrals: readonly Referral[]; settle?: (one: Referral) => void }) {
  if (referrals.length === 0) return null;
  return (
    <ol className="events">
      {referrals.map((one) => (
        <li key={one.id}>
          <time className="num">{stampText(one.at)}</time>
          <div>
            <p>
              <span className={`tag ${one.state === 'open' ? 'tag-near' : one.state === 'hired' ? 'tag-clear' : ''}`}>
                {one.stateText}
              </span>{' '}
              {one.meansText}：{one.employerName}，{one.title}
              <span className="quiet">，{one.who}</span>{' '}
              {one.state === 'open' && settle && (
                <Button size="small" onClick={() => settle(one)} aria-label={`记录${one.title}的结果`}>
                  记录结果
                </Button>
              )}
            </p>
            <p className="quiet">{aboutReferral(one)}</p>
          </div>
        </li>
      ))}
    </ol>
  );
}

const toldTexts = { hired: '已录用', notHired: '没有录用', declined: '没有去' } as const;

/** What is known of a referral in one line. */
export function aboutReferral(one: Referral): string {
  const told = one.told ? `本人说${toldTexts[one.told.result]}${one.told.reason ? `：${one.told.reason}` : ''}。` : '';
  if (one.state === 'open') return `${told}${one.askDue}前回访。单位电话${one.telephone}`;
  const judged =
    one.state === 'declined' && one.suitable !== undefined
      ? `，认定${one.suitable ? '岗位合适' : '岗位不合适'}${one.withoutGoodReason ? '、没有正当理由' : ''}`
      : '';
  const started = one.startedOn ? `${one.startedOn}上班` : '';
  return `${[started, one.reason].filter(Boolean).join('，')}${judged}（${one.settledBy ?? ''}）`;
}

function useMatchingAction(
  registrationId: string,
  send: () => Promise<{ matching: Matching; message: string }>,
  done: () => void,
) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: send,
    onSuccess: ({ matching, message: words }) => {
      cache.setQueryData(key(registrationId), matching);
      void cache.invalidateQueries({ queryKey: ['referrals'] });
      message.success(words);
      done();
    },
  });
}

function WishDrawer({ data, close }: { data: Matching; close: () => void }) {
  const { wish, registrationId } = data;
  const [given, setGiven] = useState({
    wishes: [...wish.wishes],
    trained: [...wish.trained],
    wage: wish.wage ?? null,
    skill: wish.skill,
  });
  const { keyFor } = useRequestKey();
  const action = useMatchingAction(
    registrationId,
    () => call('recordWish', { params: { id: registrationId }, body: given, key: keyFor(given) }),
    close,
  );
  return (
    <ActionDrawer
      title="修改求职意向"
      close={close}
      submit={() => action.mutate()}
      submitText="保存"
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      consequence="保存后按新的意向重新匹配。登记表上的原话不变。"
    >
      <Field label="想找的职业" hint="最想找的放第一个，最多3个">
        <OccupationsSelect most={3} value={given.wishes} onChange={(wishes) => setGiven({ ...given, wishes })} />
      </Field>
      <Field label="会做的职业" hint="本人说的就可以，不用看证书，最多5个">
        <OccupationsSelect most={5} value={given.trained} onChange={(trained) => setGiven({ ...given, trained })} />
      </Field>
      <div className="two">
        <Field label="期望月工资" hint="元，没有要求可不填">
          <InputNumber
            className="num wide-number"
            min={1}
            precision={0}
            controls={false}
            value={given.wage}
            onChange={(wage) => setGiven({ ...given, wage })}
          />
        </Field>
        <Field label="技能等级">
          <Select
            value={given.skill}
            options={Object.entries(skillLevels).map(([value, label]) => ({
              value: Number(value),
              label: value === '0' ? '没有' : label,
            }))}
            onChange={(skill) => setGiven({ ...given, skill })}
          />
        </Field>
      </div>
    </ActionDrawer>
  );
}

const means = [
  { value: 'counter', label: '窗口' },
  { value: 'telephone', label: '电话' },
  { value: 'visit', label: '上门' },
  { value: 'message', label: '短信' },
] as const;

function ReferDrawer({ data, match, close }: { data: Matching; match: Match; close: () => void }) {
  const { registrationId } = data;
  const { vacancy } = match;
  const [given, setGiven] = useState({ means: 'counter' as (typeof means)[number]['value'], consent: false, note: '' });
  const { keyFor } = useRequestKey();
  const action = useMatchingAction(
    registrationId,
    () => {
      const body = { ...given, vacancyId: vacancy.id };
      return call('refer', { params: { id: registrationId }, body, key: keyFor(body) });
    },
    close,
  );
  const doubts = [...match.cautions, ...vacancy.warnings.map((one) => one.message)];
  return (
    <ActionDrawer
      title={`推荐：${vacancy.title}`}
      close={close}
      submit={() => action.mutate()}
      submitText="推荐"
      busy={action.isPending}
      trouble={action.error ? troubleOf(action.error) : undefined}
      hold={given.consent ? undefined : '先征得本人同意'}
      consequence="推荐会留下记录，到期提醒回访求职结果。"
    >
      <dl className="vacancy-facts">
        <div>
          <dt>单位</dt>
          <dd>{vacancy.employerName}</dd>
        </div>
        <div>
          <dt>单位办公电话</dt>
          <dd className="num">{vacancy.telephone}</dd>
        </div>
        <div>
          <dt>地点</dt>
          <dd>
            {vacancy.placeText}
            {vacancy.workPlace}
          </dd>
        </div>
        <div>
          <dt>月工资</dt>
          <dd className="num">{wageText(vacancy)}元</dd>
        </div>
      </dl>
      {vacancy.description && <p className="vacancy-text">{vacancy.description}</p>}
      {doubts.length > 0 && (
        <div className="aside-warn">
          <b>请先向本人说明</b>
          <ul className="plain">
            {doubts.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        </div>
      )}
      <Group legend="推荐方式" required>
        <Radio.Group
          value={given.means}
          options={[...means]}
          onChange={(event) => setGiven({ ...given, means: event.target.value as typeof given.means })}
        />
      </Group>
      <Checkbox checked={given.consent} onChange={(event) => setGiven({ ...given, consent: event.target.checked })}>
        本人同意推荐
      </Checkbox>
      <Field label="备注">
        <Input
          maxLength={200}
          value={given.note}
          onChange={(event) => setGiven({ ...given, note: event.target.value })}
        />
      </Field>
    </ActionDrawer>
  );
}
