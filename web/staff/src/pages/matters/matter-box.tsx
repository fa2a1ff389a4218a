import { Button } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { stampText } from '../../lib/dates.ts';
import { Failed } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import { type Matter, type MatterFile, useMatters } from './use-matters.ts';
import './matters.css';

const drawers = () => import('./matter-drawers.tsx');
const AskDrawer = lazy(async () => ({ default: (await drawers()).AskDrawer }));
const SettleDrawer = lazy(async () => ({ default: (await drawers()).SettleDrawer }));
const CarryDrawer = lazy(async () => ({ default: (await drawers()).CarryDrawer }));
const WithdrawDrawer = lazy(async () => ({ default: (await drawers()).WithdrawDrawer }));
const CheckDrawer = lazy(async () => ({ default: (await drawers()).CheckDrawer }));

type Act = 'settle' | 'carry' | 'withdraw' | 'check';
type Open = { act: 'ask' } | { act: Act; matter: Matter };

const tones: Readonly<Record<Matter['state'], string>> = {
  asked: 'near',
  forwarded: 'near',
  accepted: 'clear',
  refused: 'late',
  withdrawn: 'silent',
};

/** 一件事: the registration and every part asked for with it, each with its own state and result (M79-5a). */
export function MatterBox({ applicationId }: { applicationId: string }) {
  const may = useMay();
  const [open, setOpen] = useState<Open>();
  const { data, error, refetch } = useMatters(applicationId);
  if (error && !data) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return null;
  const close = () => setOpen(undefined);
  return (
    <div className="matters">
      <ul>
        <li>
          <div className="matter-head">
            <b>失业登记</b>
            <span className={`tag tag-${data.registering === 'registered' ? 'clear' : 'silent'}`}>
              {data.registeringText}
            </span>
          </div>
          <p className="quiet">各项分别办理，哪一项没有办成都不影响登记。</p>
        </li>
        {data.allowance && (
          <li>
            <div className="matter-head">
              <b>低保对象</b>
              <span className={`tag tag-${data.allowance.to ? 'silent' : 'clear'}`}>
                {data.allowance.to ? `${data.allowance.to}起不在名单` : `${data.allowance.from}起享受`}
              </span>
            </div>
            <p className="quiet">民政部门的名单{data.allowance.toldOn && `，${data.allowance.toldOn}读入`}。</p>
          </li>
        )}
        {data.matters.map((one) => (
          <One key={one.id} one={one} act={may('matter.settle') ? (act) => setOpen({ act, matter: one }) : undefined} />
        ))}
      </ul>
      {data.offers.length > 0 && may('matter.ask') && (
        <p className="matter-more">
          <Button size="small" onClick={() => setOpen({ act: 'ask' })}>
            再提出一项
          </Button>
          <span className="quiet">还可以提出：{data.offers.map(({ text }) => text).join('、')}</span>
        </p>
      )}
      <Suspense fallback={null}>{open && <Dialog open={open} file={data} close={close} />}</Suspense>
    </div>
  );
}

function One({ one, act }: { one: Matter; act: ((act: Act) => void) | undefined }) {
  const open = one.state === 'asked' || one.state === 'forwarded';
  const buttons: readonly (readonly [Act, string])[] = [
    ...(one.todo === 'introduce' ? ([['settle', '记录介绍']] as const) : []),
    ...(one.todo === 'carry' ? ([['carry', '已人工转送']] as const) : []),
    ...(one.todo === 'check' ? ([['check', '记录核实']] as const) : []),
    ...(one.state === 'forwarded' && one.kind !== 'difficulty' ? ([['settle', '记录答复']] as const) : []),
    ...(open && !(one.kind === 'difficulty' && one.state === 'forwarded') ? ([['withdraw', '不再需要']] as const) : []),
  ];
  return (
    <li>
      <div className="matter-head">
        <b>{one.kindText}</b>
        <span className={`tag tag-${one.stopped ? 'late' : tones[one.state]}`}>
          {one.stopped ? '已停发' : one.stateText}
        </span>
        {act && buttons.length > 0 && (
          <span className="matter-acts">
            {buttons.map(([name, text]) => (
              <Button key={name} size="small" onClick={() => act(name)}>
                {text}
              </Button>
            ))}
          </span>
        )}
      </div>
      <p>{saidOf(one)}</p>
      <p className="quiet">
        {stampText(one.askedAt)}，{one.askedBy}提出
        {one.consent && `；${one.consent.on}本人${hows[one.consent.how] ?? ''}同意转介`}
        {one.externalNumber && (
          <>
            ；对方编号 <span className="num">{one.externalNumber}</span>
          </>
        )}
        {one.decidedAt && `；${stampText(one.decidedAt)}，${one.decidedBy}办理`}
        {one.dueOn && open && `；应在${one.dueOn}前办`}
        {one.toldExitOn && `；已告知对方${one.toldExitOn}退出登记`}
      </p>
      {one.history.length > 1 && (
        <details>
          <summary>经过（{one.history.length}）</summary>
          <ol className="events">
            {one.history.map((step) => (
              <li key={step.at + step.text}>
                <time className="num">{stampText(step.at)}</time>
                <span>
                  {step.text}
                  <span className="quiet beside">{step.by}</span>
                </span>
              </li>
            ))}
          </ol>
        </details>
      )}
    </li>
  );
}

const hows: Readonly<Record<string, string>> = {
  counter: '在窗口',
  telephone: '在电话里',
  visit: '在走访时',
  portal: '在网上',
};

/** What there is to know in one line: the amount, the other side's reason, the category or what the person said. */
function saidOf(one: Matter): string {
  if (one.stopped) return `${one.stopped.on}起停发：${one.stopped.reason}`;
  if (one.benefit)
    return `${one.benefit.months}个月，每月${one.benefit.monthlyYuan}元${one.benefit.from ? `，从${one.benefit.from}算起` : ''}`;
  if (one.state === 'refused' || one.state === 'withdrawn') return one.reason || '本人不再需要';
  if (one.outcome) return one.outcome;
  if (one.todo === 'carry') return '没有接口或对方没有收下，请人工转送，并记下对方编号。';
  if (one.state === 'forwarded') return one.wish || '已转给对方，等答复。';
  return one.wish || waiting[one.kind];
}

const waiting: Readonly<Record<Matter['kind'], string>> = {
  introduction: '首次联系时一并介绍。',
  benefit: '登记办好后自动转给失业保险经办机构。',
  difficulty: '登记办好后自动申请认定。',
  livingAllowance: '登记办好后自动转给民政部门。',
};

function Dialog({ open, file, close }: { open: Open; file: MatterFile; close: () => void }) {
  switch (open.act) {
    case 'ask':
      return <AskDrawer file={file} close={close} />;
    case 'settle':
      return <SettleDrawer file={file} matter={open.matter} close={close} />;
    case 'carry':
      return <CarryDrawer file={file} matter={open.matter} close={close} />;
    case 'withdraw':
      return <WithdrawDrawer file={file} matter={open.matter} close={close} />;
    case 'check':
      return <CheckDrawer file={file} matter={open.matter} close={close} />;
  }
}
