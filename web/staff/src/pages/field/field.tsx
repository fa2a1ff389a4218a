import type { Calendar } from '@yingdeng/rules/calendar.ts';
import { ApiError } from '@yingdeng/web-shared/api.ts';
import { Button, Input } from 'antd';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { Link, Navigate } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { Due } from '../../parts/due.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Forbidden, Loading } from '../../parts/states.tsx';
import { useSession } from '../../session/use-session.ts';
import { type FieldPerson, type FieldServed, NoteForm } from './note-form.tsx';
import { Notes } from './notes.tsx';
import type { Note } from './queue.ts';
import { useField } from './use-field.ts';
import './field.css';

/** While the server does not answer it is asked again so often, in milliseconds. */
const ASK_AGAIN = 10_000;

function useOnline(): boolean {
  return useSyncExternalStore(
    (changed) => {
      window.addEventListener('online', changed);
      window.addEventListener('offline', changed);
      return () => {
        window.removeEventListener('online', changed);
        window.removeEventListener('offline', changed);
      };
    },
    () => navigator.onLine,
  );
}

/** Visits of the day, for a telephone with or without a network. Decisions are not made here. */
export default function Field() {
  const { data: session, error, refetch } = useSession();
  // A browser may think that it has a network which carries nothing: what counts is whether the server answered.
  const unreached = error instanceof ApiError && error.offline;
  const online = useOnline() && !unreached;
  // Opened without a network nobody could be asked who is signed in; asked again when there is one.
  useEffect(() => {
    const again = () => void refetch();
    window.addEventListener('online', again);
    return () => window.removeEventListener('online', again);
  }, [refetch]);
  useEffect(() => {
    if (!unreached) return;
    const timer = window.setInterval(() => void refetch(), ASK_AGAIN);
    return () => window.clearInterval(timer);
  }, [unreached, refetch]);
  const staff = session?.signedIn === true && session.kind === 'staff';
  const may = staff && session.actions?.includes('contact.record') === true;
  if (session && !session.signedIn) return <Navigate to="/sign-in?back=%2Ffield" replace />;
  if (session && !may)
    return (
      <main className="page">
        <Forbidden whole why="外出走访由基层工作人员和经办人员使用。" />
      </main>
    );
  return <Round signedIn={may} account={session?.account} online={online} />;
}

function Round({ signedIn, account, online }: { signedIn: boolean; account: string | undefined; online: boolean }) {
  const field = useField(signedIn);
  const [filter, setFilter] = useState('');
  const [person, setPerson] = useState<Listed>();
  const { taken, foreign } = field;
  // Whoever is signed in sees the own list alone; without a network it is that of whoever took one last.
  const own = foreign === 0 && (account === undefined || taken?.account === account);
  const day = own ? taken?.day : undefined;
  // A list taken along before the three groups were sent has none.
  const listed: Listed[] = day ? [...day.people, ...(day.served ?? [])] : [];
  const notes = own ? field.notes : [];
  const waiting = notes.filter((note) => note.state === 'waiting').length;
  const held = notes.filter((note) => note.state === 'conflict' || note.state === 'refused').length;
  return (
    <main className="field-page" id="main">
      <Page
        wide={false}
        title="外出走访"
        hint={day ? `${day.officeName}，名单取自${stampText(day.at)}` : '要联系的人按街道排好，没有网络也能记。'}
        tools={
          <>
            <span className={`tag tag-${online ? 'clear' : 'silent'}`} role="status">
              {online ? '有网络' : '没有网络'}
            </span>
            <Button type="primary" loading={field.busy} disabled={!online} onClick={() => void field.refresh()}>
              {waiting > 0 ? `发送${waiting}条并更新` : '更新名单'}
            </Button>
          </>
        }
      >
        {field.problem && (
          <p className="fault" role="alert">
            {field.problem}
          </p>
        )}
        {notes.length > 0 && (
          <Box title={`我的记录（${waiting}条待发送${held > 0 ? `，${held}条要处理` : ''}）`}>
            <Notes notes={notes} add={(note) => void field.add(note)} drop={(note) => void field.drop(note)} />
          </Box>
        )}
        {foreign > 0 ? (
          <Foreign count={foreign} giveUp={() => void field.giveUpForeign()} />
        ) : !day ? (
          !field.ready || (online && !field.problem) ? (
            <Loading what="正在取名单" />
          ) : (
            <Empty title="本机还没有名单">请在有网络的地方打开本页一次，名单会存在本机。</Empty>
          )
        ) : listed.length === 0 ? (
          <Empty title="没有要联系的人">首次联系和本月跟踪都做完了。</Empty>
        ) : (
          <>
            <Input
              allowClear
              aria-label="按姓名或街道找"
              placeholder="按姓名或街道找"
              value={filter}
              onChange={(event) => setFilter(event.target.value)}
            />
            {byStreet(listed, filter.trim()).map(([street, people]) => (
              <Box key={street} title={`${street}（${people.length}人）`}>
                <ul className="cards">
                  {people.map((one) => (
                    <Person
                      key={idOf(one)}
                      one={one}
                      calendar={taken?.calendar}
                      notes={notes}
                      write={() => setPerson(one)}
                    />
                  ))}
                </ul>
              </Box>
            ))}
            {day.more && <p className="quiet">人数较多，先取期限早的{listed.length}人；联系后再更新名单。</p>}
          </>
        )}
        <p className="quiet">
          名单只有姓名、打码的号码、街道和期限，加密存在本机，退出系统或换账号时删除。请给手机设锁屏密码；别人借用前先退出系统。
          <Link to="/">回到经办台</Link>
        </p>
      </Page>
      {person && day && (
        <NoteForm
          person={person}
          lists={day.lists}
          save={(body) => field.write(aboutOf(person), body)}
          close={() => setPerson(undefined)}
        />
      )}
    </main>
  );
}

/** Registrants, and people who are served without being registered. */
type Listed = FieldPerson | FieldServed;

const idOf = (one: Listed): string => ('registrationId' in one ? one.registrationId : one.servedId);
const aboutOf = (one: Listed) =>
  'registrationId' in one
    ? { registrationId: one.registrationId, name: one.name }
    : { servedId: one.servedId, name: one.name };

/** Streets in the order of the earliest due date among their people; what has no street comes last. */
function byStreet(people: readonly Listed[], words: string): [string, Listed[]][] {
  const groups = new Map<string, Listed[]>();
  for (const one of people) {
    if (words && !one.name.includes(words) && !one.street.includes(words)) continue;
    const street = one.street || '地址没有写街道';
    groups.set(street, [...(groups.get(street) ?? []), one]);
  }
  return [...groups];
}

/** Somebody else left notes on this device that were never sent: they are lost only when that is decided. */
function Foreign({ count, giveUp }: { count: number; giveUp: () => void }) {
  return (
    <section className="box box-warn" role="alert">
      <h2>本机有另一个账号的{count}条外出记录没有发送</h2>
      <p>请先退出系统，由那位同事登录后打开本页，记录会自动发送。也可以删除这些记录后继续，删除后找不回来。</p>
      <p>
        <Button danger onClick={giveUp}>
          删除{count}条并继续
        </Button>
      </p>
    </section>
  );
}

const purposes: Readonly<Record<FieldPerson['purpose'], string>> = {
  first: '首次联系',
  followUp: '本月跟踪',
  step: '计划步骤',
};

function Person({
  one,
  calendar,
  notes,
  write,
}: {
  one: Listed;
  calendar: Calendar | undefined;
  notes: readonly Note[];
  write: () => void;
}) {
  const id = idOf(one);
  const mine = notes.filter((note) => (note.registrationId ?? note.servedId) === id && note.state !== 'refused').length;
  return (
    <li className="field-person">
      <div>
        <p>
          <b>{one.name}</b> <span className="num quiet">{one.mobileMasked}</span>
        </p>
        <p>
          {purposes[one.purpose]} <Due on={one.dueOn} state={one.state} calendar={calendar} />
        </p>
        {'servedId' in one && <p>{one.groupText}，没有登记，参照服务</p>}
        {/* A list taken along before steps were sent has none. */}
        {'steps' in one &&
          one.steps.map((step) => (
            <p key={step.what}>
              要做：{step.what}（{step.dueOn}前）
            </p>
          ))}
        <p className="quiet">
          {one.note}
          {mine > 0 && `，本机已记${mine}条`}
        </p>
      </div>
      <Button size="large" aria-label={`记录${one.name}`} onClick={write}>
        记录
      </Button>
    </li>
  );
}
