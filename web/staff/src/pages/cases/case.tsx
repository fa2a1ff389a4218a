import { codeText } from '@yingdeng/contract/code-tables.ts';
import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link, useParams } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { useTitle } from '../../lib/title.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { DueWithClause } from '../../parts/due.tsx';
import { Box } from '../../parts/page.tsx';
import { Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { MatterBox } from '../matters/matter-box.tsx';
import { ServedTag } from '../served/served-tag.tsx';
import { ServiceBox } from '../service/service-box.tsx';
import { MatchingBox } from '../vacancies/matching-box.tsx';
import { Checks } from './checks.tsx';
import { CorrectionsOfRegistration } from './corrections.tsx';
import { type ExitActionName, Exits } from './exits.tsx';
import { Facts } from './facts.tsx';
import { formView } from './form-view.ts';
import { Former } from './former.tsx';
import { Hand } from './hand.tsx';
import { History, Messages } from './history.tsx';
import { type CaseFile, type Check, type Exit, useCase, verdict } from './model.ts';
import { PlatformSide } from './platform-side.tsx';
import { RevealDialog, type Revealed } from './reveal.tsx';
import { Service } from './service.tsx';
import { WalkOn } from './walk-on.tsx';

// The forms of the actions are fetched when one is opened, not with the page that is only read.
const decide = () => import('./decide.tsx');
const Register = lazy(async () => ({ default: (await decide()).Register }));
const Refuse = lazy(async () => ({ default: (await decide()).Refuse }));
const HandOver = lazy(async () => ({ default: (await decide()).HandOver }));
const CloseDuplicate = lazy(async () => ({ default: (await decide()).CloseDuplicate }));
const RecordCheck = lazy(async () => ({ default: (await import('./record-check.tsx')).RecordCheck }));
const RecordContact = lazy(async () => ({ default: (await import('./contact-drawer.tsx')).RecordContact }));
const ProposeExit = lazy(async () => ({ default: (await import('./exit-drawer.tsx')).ProposeExit }));
const Compare = lazy(async () => ({ default: (await import('./compare.tsx')).Compare }));
const Transfer = lazy(async () => ({ default: (await import('./transfer.tsx')).Transfer }));
const exitActions = () => import('./exit-actions.tsx');
const ConfirmExit = lazy(async () => ({ default: (await exitActions()).ConfirmExit }));
const ReviewExit = lazy(async () => ({ default: (await exitActions()).ReviewExit }));
const RejectExit = lazy(async () => ({ default: (await exitActions()).RejectExit }));
const RestoreExit = lazy(async () => ({ default: (await exitActions()).RestoreExit }));

type Plain = 'register' | 'refuse' | 'handOver' | 'duplicate' | 'contact' | 'exit' | 'transfer' | 'reveal';
type Open =
  | { kind: Plain }
  | { kind: 'check'; check?: Check }
  | { kind: ExitActionName; exit: Exit }
  | { kind: 'compare'; other: CaseFile['duplicates'][number] };

/** THE case page: all that is known of one person's case, and all that may be done with it. */
export default function Case() {
  const { applicationId = '' } = useParams();
  const { data, error, refetch } = useCase(applicationId);
  useTitle(data ? `${data.person.name} ${data.application.number}` : '业务');
  if (error && !data)
    return (
      <div className="page">
        <Failed whole error={error} retry={() => void refetch()} />
      </div>
    );
  if (!data) return <Loading />;
  return <CasePage key={applicationId} file={data} refresh={() => void refetch()} />;
}

function CasePage({ file, refresh }: { file: CaseFile; refresh: () => void }) {
  const { person, application, registration, allowed } = file;
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const [revealed, setRevealed] = useState<Revealed>();
  const close = () => setOpen(undefined);
  const undecided = application.status === 'submitted';
  // What is left of a case that goes on in another city is only read.
  const here = registration !== undefined && !registration.movedTo;
  const can = {
    register: verdict(allowed, 'registerApplication', undecided),
    refuse: verdict(allowed, 'refuseApplication', undecided),
    handOver: verdict(allowed, 'handOverApplication', undecided),
    duplicate: verdict(allowed, 'closeDuplicate', undecided && file.duplicates.length > 0),
    check: verdict(allowed, 'recordCheck', undecided),
    contact: verdict(allowed, 'recordContact', here),
    exit: verdict(allowed, 'proposeExit', here),
    transfer: verdict(allowed, 'transferRegistration', here),
  };
  useShortcuts({
    r: refresh,
    d: () => can.register.shown && !can.register.why && setOpen({ kind: 'register' }),
    c: () => can.contact.shown && !can.contact.why && setOpen({ kind: 'contact' }),
    e: () => can.exit.shown && !can.exit.why && setOpen({ kind: 'exit' }),
  });
  const view = formView(application.form, person, revealed);
  const buttons = [
    { ...can.register, text: '登记', primary: true, hotkey: 'd', kind: 'register' },
    { ...can.contact, text: '记录联系', primary: !can.register.shown, hotkey: 'c', kind: 'contact' },
    { ...can.handOver, text: '转办', kind: 'handOver' },
    { ...can.duplicate, text: '按重复办结', kind: 'duplicate' },
    { ...can.refuse, text: '不予登记', kind: 'refuse' },
    { ...can.exit, text: '提出退出', hotkey: 'e', kind: 'exit' },
    { ...can.transfer, text: '转移登记', kind: 'transfer' },
  ] as const;
  return (
    <div className="page case">
      <WalkOn id={application.id} />
      <div className="case-head">
        <div>
          <h1>
            {person.name}
            <span className={`tag tag-${registration?.status ?? application.status}`}>
              {registration?.statusText ?? application.statusText}
            </span>
          </h1>
          <p className="case-line">
            <span>
              {codeText('sex', person.sex) ?? person.sex}
              {person.age !== undefined && `，${person.age}岁`}
            </span>
            <span className="num">{revealed?.idNumber ?? person.idMasked}</span>
            <span className="num">{revealed?.mobile ?? person.mobileMasked}</span>
            {file.numberInDoubt && (
              <span className="tag tag-finding">
                号码待核对：{file.numberInDoubt.why}（{stampText(file.numberInDoubt.at)}）
              </span>
            )}
            {revealed ? (
              <Button size="small" onClick={() => setRevealed(undefined)}>
                遮住
              </Button>
            ) : (
              may('person.reveal') && (
                <Button size="small" onClick={() => setOpen({ kind: 'reveal' })}>
                  显示
                </Button>
              )
            )}
          </p>
        </div>
        <div className="page-tools">
          {/* Printing is a look: recorded with its reason, seen by the person. */}
          <Button href={`/api/applications/${application.id}/form.pdf`} target="_blank">
            打印登记表
          </Button>
          {registration?.contacts.some(({ interview }) => interview) && (
            <Button href={`/api/registrations/${registration.id}/interview.pdf`} target="_blank">
              打印告知单
            </Button>
          )}
          {registration && !registration.movedTo && may('registration.certificate') && (
            <Button href={`/api/registrations/${registration.id}/certificate.pdf`} target="_blank">
              打印凭证
            </Button>
          )}
          <Button onClick={refresh}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
        </div>
      </div>
      <div className="case-body">
        <aside className="case-rail" aria-label="期限和办理">
          <section className="box">
            <dl className="rail-facts">
              <div>
                <dt>受理编号</dt>
                <dd className="num">{application.number}</dd>
              </div>
              <div>
                <dt>办理机构</dt>
                <dd>{application.officeName}</dd>
              </div>
              <Hand file={file} refresh={refresh} />
              <div>
                <dt>来源</dt>
                <dd>
                  {codeText('channel', application.channel) ?? application.channel}
                  {application.platformNumber && <span className="num quiet"> {application.platformNumber}</span>}
                </dd>
              </div>
              <div>
                <dt>提交</dt>
                <dd className="num">{stampText(application.submittedAt)}</dd>
              </div>
              <div>
                <dt>办结期限</dt>
                <dd>
                  <DueWithClause
                    due={application.due}
                    note={application.channel === 'platform' ? '自劳动者在全国平台提交之时起算。' : undefined}
                  />
                </dd>
              </div>
              {application.decidedAt && (
                <div>
                  <dt>办结</dt>
                  <dd>
                    <span className="num">{stampText(application.decidedAt)}</span> {application.decidedBy}
                    {application.groundText && <p>{application.groundText}</p>}
                  </dd>
                </div>
              )}
              {registration && !registration.firstContactAt && registration.status !== 'exited' && (
                <div>
                  <dt>首次联系期限</dt>
                  <dd>
                    <DueWithClause due={registration.firstContact} />
                  </dd>
                </div>
              )}
            </dl>
            <div className="rail-actions">
              {buttons
                .filter(({ shown }) => shown)
                .map(({ kind, text, why, ...more }) => (
                  <ActionButton
                    key={kind}
                    why={why}
                    onClick={() => setOpen({ kind })}
                    primary={'primary' in more && more.primary}
                    hotkey={'hotkey' in more ? more.hotkey : undefined}
                  >
                    {text}
                  </ActionButton>
                ))}
            </div>
          </section>
          {file.duplicates.length > 0 && (
            <section className="box box-warn" aria-labelledby="duplicates">
              <h2 id="duplicates">此人另有登记或申请</h2>
              <ul className="plain">
                {file.duplicates.map((one) => (
                  <li key={one.number}>
                    {one.applicationId ? (
                      <Link to={`/cases/${one.applicationId}`} className="num">
                        {one.number}
                      </Link>
                    ) : (
                      <span className="num">{one.number}</span>
                    )}
                    <br />
                    {one.text}{' '}
                    <Button size="small" onClick={() => setOpen({ kind: 'compare', other: one })}>
                      并排对比
                    </Button>
                  </li>
                ))}
              </ul>
            </section>
          )}
        </aside>
        <div className="case-main">
          {registration && (
            <Box title="登记和联系" id="registration">
              {registration.movedTo && (
                <p className="aside-note">已转到{registration.movedTo}，以后由那里办理。这里是转出前的记录。</p>
              )}
              <Service registration={registration} />
              <ServedTag registrationId={registration.id} />
              <CorrectionsOfRegistration registrationId={registration.id} />
            </Box>
          )}
          {may('matter.read') && (
            <Box title="一件事" id="matters">
              <MatterBox applicationId={application.id} />
            </Box>
          )}
          {registration && may('service.read') && (
            <Box title="服务" id="service">
              <ServiceBox registrationId={registration.id} />
            </Box>
          )}
          {registration && <MatchingBox registrationId={registration.id} />}
          {registration && registration.exits.length > 0 && (
            <Box title="退出" id="exits">
              <Exits exits={registration.exits} act={(exit, kind) => setOpen({ kind, exit })} />
            </Box>
          )}
          <Box
            id="checks"
            title={file.openFindings > 0 ? `核查（${file.openFindings}条待核实）` : '核查'}
            tools={
              can.check.shown && (
                <ActionButton small why={can.check.why} onClick={() => setOpen({ kind: 'check' })}>
                  记录核查
                </ActionButton>
              )
            }
          >
            <Checks file={file} may={can.check} settle={(check) => setOpen({ kind: 'check', check })} />
          </Box>
          <PlatformSide file={file} />
          <Box title="失业人员登记表" id="facts">
            <Facts file={file} view={view} />
          </Box>
          <div className="case-pair">
            <Box title="经过" id="history">
              <History history={file.history} />
              {registration?.cameFromCity && may('contact.read') && <Former applicationId={application.id} />}
            </Box>
            <Box title="发给本人的消息" id="messages">
              <Messages messages={file.messages} />
            </Box>
          </div>
        </div>
      </div>
      <Suspense fallback={null}>
        {open && <Dialog open={open} file={file} close={close} reveal={setRevealed} />}
      </Suspense>
    </div>
  );
}

function Dialog({
  open,
  file,
  close,
  reveal,
}: {
  open: Open;
  file: CaseFile;
  close: () => void;
  reveal: (data: Revealed) => void;
}) {
  const { registration, person } = file;
  const props = { file, close };
  // The file may have moved on while the drawer is open: its newest version is sent, what was typed stays.
  const fresh = (exit: Exit) => registration?.exits.find((one) => one.id === exit.id) ?? exit;
  switch (open.kind) {
    case 'register':
      return <Register {...props} />;
    case 'refuse':
      return <Refuse {...props} />;
    case 'handOver':
      return <HandOver {...props} />;
    case 'duplicate':
      return <CloseDuplicate {...props} />;
    case 'check':
      return <RecordCheck {...props} settles={open.check} />;
    case 'contact':
      return registration ? <RecordContact {...props} registration={registration} /> : null;
    case 'exit':
      return registration ? <ProposeExit {...props} registration={registration} /> : null;
    case 'transfer':
      return registration ? <Transfer {...props} registration={registration} /> : null;
    case 'confirm':
      return <ConfirmExit {...props} exit={fresh(open.exit)} />;
    case 'review':
      return <ReviewExit {...props} exit={fresh(open.exit)} />;
    case 'reject':
      return <RejectExit {...props} exit={fresh(open.exit)} />;
    case 'restore':
      return <RestoreExit {...props} exit={fresh(open.exit)} />;
    case 'compare':
      return <Compare {...props} other={open.other} />;
    case 'reveal':
      return <RevealDialog personId={person.id} name={person.name} close={close} shown={reveal} />;
  }
}
