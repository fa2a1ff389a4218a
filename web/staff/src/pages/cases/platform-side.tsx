import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer, Body } from '@yingdeng/web-shared/routes.gen.ts';
import { Button, Checkbox, Input } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { ActionDrawer } from '../../parts/action-drawer.tsx';
import { Field } from '../../parts/field.tsx';
import { Box } from '../../parts/page.tsx';
import { useMay } from '../../session/use-session.ts';
import { Faults } from '../exchange/faults.tsx';
import { decisionState } from '../exchange/states.ts';
import { type CaseFile, useCaseAction } from './model.ts';
import '../exchange/inbound.css';

const MendForm = lazy(async () => ({ default: (await import('./mend-form.tsx')).MendForm }));

export type Side = Answer<'getPlatformSide'>;
type Correction = Side['corrections'][number];
type Upload = Side['decisions'][number];

/** With the national platform: faults to mend with the worker, changes beside the form, and how the result went up. */
export function PlatformSide({ file }: { file: CaseFile }) {
  const may = useMay();
  const { application } = file;
  const [open, setOpen] = useState<'mend' | Correction>();
  const { data } = useQuery({
    queryKey: ['platform-side', application.id, application.version],
    queryFn: ({ signal }) => call('getPlatformSide', { params: { id: application.id }, signal }),
  });
  if (!data || (data.deliveries.length === 0 && data.corrections.length === 0 && data.decisions.length === 0))
    return null;
  const amendable = may('application.check') && application.status === 'submitted';
  return (
    <Box title="与全国平台" id="platform">
      {data.faults.length > 0 && (
        <div className="aside-warn">
          <p>
            表里有{data.faults.length}处要与本人核对，期限不变：
            {amendable && (
              <Button size="small" type="primary" className="inbound-act" onClick={() => setOpen('mend')}>
                核对更正
              </Button>
            )}
          </p>
          <ul className="plain">
            {data.faults.map((fault) => (
              <li key={fault.field}>
                <b>{fault.label}</b>：{fault.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <ul className="plain platform-list">
        {data.corrections.map((one) => (
          <li key={one.id}>
            <p>
              <span className={`tag tag-${one.open ? 'finding' : 'clear'}`}>{one.open ? '本人有更改' : '已处理'}</span>{' '}
              <span className="quiet">
                {stampText(one.at)}收到，第{one.revision}版
              </span>{' '}
              {one.open && amendable && (
                <Button size="small" type="primary" onClick={() => setOpen(one)}>
                  处理
                </Button>
              )}
            </p>
            <Beside correction={one} />
            {one.settledText && <p className="quiet">{one.settledText}</p>}
          </li>
        ))}
        {data.decisions.map((one) => (
          <UploadLine key={one.id} upload={one} />
        ))}
      </ul>
      {data.deliveries.length > 0 && (
        <p className="quiet small">
          平台编号
          {may('exchange.read') ? (
            <Link className="num" to={`/exchange/forwarded/${data.deliveries[0]?.platformNumber}`}>
              {data.deliveries[0]?.platformNumber}
            </Link>
          ) : (
            <span className="num">{data.deliveries[0]?.platformNumber}</span>
          )}
          ，{data.deliveries.map((one) => `第${one.revision}版${stampText(one.receivedAt)}收到`).join('，')}。
        </p>
      )}
      <Suspense fallback={null}>
        {open === 'mend' && <MendForm file={file} faults={data.faults} close={() => setOpen(undefined)} />}
      </Suspense>
      {open && open !== 'mend' && <Adopt file={file} correction={open} close={() => setOpen(undefined)} />}
    </Box>
  );
}

function UploadLine({ upload }: { upload: Upload }) {
  const may = useMay();
  const [text, tag] = decisionState(upload.state);
  return (
    <li>
      <p>
        <span className={`tag tag-${tag}`}>{text}</span> 审核结果：{upload.outcomeText}
        {upload.sentAt && (
          <span className="quiet num">
            {' '}
            {stampText(upload.sentAt)}上传，共{upload.attempts}次
          </span>
        )}
      </p>
      {upload.state === 'returned' && <Faults faults={upload.faults} />}
      {(upload.receipt || upload.digest) && (
        <p className="quiet small num digest">
          {[upload.receipt && `回执${upload.receipt}`, upload.digest && `SM3摘要${upload.digest.slice(0, 16)}…`]
            .filter(Boolean)
            .join('，')}
          {may('exchange.read') && (
            <>
              {' '}
              <Link to={`/exchange/decisions/${upload.id}`}>看凭据</Link>
            </>
          )}
        </p>
      )}
    </li>
  );
}

function Beside({
  correction,
  tick,
}: {
  correction: Correction;
  tick?: { on: ReadonlySet<string>; toggle: (field: string) => void };
}) {
  return (
    <table className="beside">
      <thead>
        <tr>
          <th scope="col">项目</th>
          <th scope="col">登记表上</th>
          <th scope="col">平台更改后</th>
        </tr>
      </thead>
      <tbody>
        {correction.differences.map((one) => (
          <tr key={one.field}>
            <th scope="row">
              {tick && one.adoptable ? (
                <Checkbox checked={tick.on.has(one.field)} onChange={() => tick.toggle(one.field)}>
                  {one.label}
                </Checkbox>
              ) : (
                one.label
              )}
            </th>
            <td>{one.now || '（空）'}</td>
            <td>
              {one.later || '（空）'}
              {one.why && <span className="hint"> {one.why}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The clerk takes over what was established, field by field; nothing ticked keeps the form as it is. */
function Adopt({ file, correction, close }: { file: CaseFile; correction: Correction; close: () => void }) {
  const { id, version } = file.application;
  const adoptable = correction.differences.filter((one) => one.adoptable).map(({ field }) => field);
  const [on, setOn] = useState<ReadonlySet<string>>(new Set(adoptable));
  const [note, setNote] = useState('');
  const action = useCaseAction(
    id,
    (body: Body<'amendApplication'>, key) => call('amendApplication', { params: { id }, body, key }),
    close,
  );
  const toggle = (field: string) => {
    const next = new Set(on);
    if (!next.delete(field)) next.add(field);
    setOn(next);
  };
  return (
    <ActionDrawer
      {...action}
      title="本人在平台上的更改"
      close={close}
      size={640}
      submit={() => action.run({ version, correction: correction.id, adopt: [...on], note: note.trim() })}
      submitText={on.size > 0 ? `采用${on.size}项` : '都不采用'}
      hold={note.trim().length < 2 ? '请写明怎样核实' : undefined}
      consequence="新旧内容都保留，办结期限不变。"
    >
      <Beside correction={correction} tick={{ on, toggle }} />
      <Field label="核实情况" required hint="如：电话向本人核实。">
        <Input.TextArea rows={2} maxLength={200} value={note} onChange={(event) => setNote(event.target.value)} />
      </Field>
    </ActionDrawer>
  );
}
