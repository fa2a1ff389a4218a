import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import { App, Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { stampText } from '../../lib/dates.ts';
import { troubleOf } from '../../lib/refusal.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { ActionButton } from '../../parts/action-button.tsx';
import { Field } from '../../parts/field.tsx';
import { Box, Page } from '../../parts/page.tsx';
import { Empty, Failed, Loading } from '../../parts/states.tsx';
import { useMay } from '../../session/use-session.ts';
import '../exchange/exchange.css';
import './civil.css';

type Overview = Answer<'getCivilExchange'>;
type File = Overview['files'][number];

const stateTexts: Readonly<Record<File['state'], readonly [text: string, tag: string]>> = {
  toWrite: ['还没写出', 'late'],
  lying: ['在发件夹，等取走', 'near'],
  takenAway: ['已取走，等答复', 'near'],
  answered: ['已答复', 'clear'],
  superseded: ['没有答复，已有后一份', 'silent'],
};

/** 民政数据交换: the monthly file for civil affairs, what waits for it, and every answer with what came of it (M79-5b). */
export default function CivilExchange() {
  const may = useMay();
  const [writing, setWriting] = useState(false);
  const { data, error, refetch, isRefetching } = useQuery({
    queryKey: ['civil-exchange'],
    queryFn: ({ signal }) => call('getCivilExchange', { signal }),
    refetchInterval: 60_000,
  });
  useShortcuts({ r: () => void refetch() });
  const why = !may('exchange.send')
    ? '您的角色只能查看，不能写文件。'
    : data && data.transport !== 'files'
      ? '没有配置与民政部门交换文件的文件夹。'
      : undefined;
  return (
    <Page
      title="民政数据交换"
      hint="每月一份文件给民政部门：本人同意转介的、仍在登记的低保对象。答复读入后记到各人名下，不影响失业登记。"
      tools={
        <>
          <Button onClick={() => void refetch()} loading={isRefetching}>
            刷新
            <span className="key" aria-hidden="true">
              r
            </span>
          </Button>
          <ActionButton why={why} primary onClick={() => setWriting(true)}>
            现在出一份
          </ActionButton>
        </>
      }
    >
      {error && !data ? (
        <Failed error={error} retry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <>
          <Standing data={data} />
          <Files files={data.files} nextOn={data.nextOn} />
          {data.incoming.length > 0 && <Incoming incoming={data.incoming} />}
          {writing && <WriteNow counties={data.counties} close={() => setWriting(false)} />}
        </>
      )}
    </Page>
  );
}

/** How it is exchanged, and the three numbers. */
function Standing({ data }: { data: Overview }) {
  const way =
    data.transport === 'files'
      ? `每月${data.day}日起写出（${data.encoding}），下一份${data.nextOn}。日期由本系统约定，通知没有规定。`
      : data.transport === 'http'
        ? '与民政部门有专线，转介随时送出，不写文件。'
        : '没有专线，也没有配置交换文件夹，转介由经办人员人工送交。';
  return (
    <Box title="现状" id="standing">
      <p className="hint">{way}</p>
      {data.trouble && (
        <p className="verdict verdict-bad" role="alert">
          {data.trouble}
        </p>
      )}
      <dl className="civil-counts">
        <div>
          <dt>待送转介</dt>
          <dd className="num">{data.waiting}</dd>
        </div>
        <div>
          <dt>已送未答复</dt>
          <dd className="num">{data.sent}</dd>
        </div>
        <div>
          <dt>登记中的低保对象</dt>
          <dd className="num">{data.recipients}</dd>
        </div>
      </dl>
    </Box>
  );
}

function Files({ files, nextOn }: { files: readonly File[]; nextOn?: string | undefined }) {
  return (
    <Box title="文件和答复" id="files">
      {files.length === 0 ? (
        <Empty title="还没有文件">{nextOn ? `第一份在${nextOn}写出。` : '这里没有要写的文件。'}</Empty>
      ) : (
        <ul className="checks">
          {files.map((file) => (
            <One key={file.id} file={file} />
          ))}
        </ul>
      )}
    </Box>
  );
}

function One({ file: { id, name, divisionName, count, state, at, trouble, answers } }: { file: File }) {
  const refused = answers.at(-1)?.result === 'refused';
  const [text, tag] = refused ? (['整份退回', 'late'] as const) : stateTexts[state];
  const faulty = refused || answers.some(({ faults }) => faults.length > 0);
  return (
    <li className={trouble || faulty ? 'check check-open' : 'check'}>
      <div className="check-head">
        <Link className="num civil-name" to={`/civil-exchange/${id}`}>
          {name}
        </Link>
        <span className={`tag tag-${tag}`}>{text}</span>
        <span>{divisionName}</span>
        <span>{count === 0 ? '没有人员' : `${count}人`}</span>
        <span className="quiet num">{stampText(at)}</span>
      </div>
      {trouble && <p className="exchange-fault">{trouble}</p>}
      {answers.map((one) => (
        <AnswerLine key={one.receipt} one={one} />
      ))}
    </li>
  );
}

function AnswerLine({ one }: { one: File['answers'][number] }) {
  return (
    <div className="civil-answer">
      <p>
        <span className="quiet num">
          答复{one.receipt}，{stampText(one.at)}
        </span>
        {one.result === 'refused' ? (
          <>：整份退回，{one.reason}。人员随下一份文件再送。</>
        ) : (
          <>
            ：有结果{one.settled}人，未答复{one.pending}人
            {one.recipients > 0 && `；名单${one.recipients}人，其中登记失业${one.registered}人`}
            {!one.hasList && '；没有附完整名单'}。
          </>
        )}
      </p>
      {one.faults.length > 0 && (
        <details>
          <summary>{one.faults.length}处没有采用</summary>
          <ul>
            {one.faults.map(({ line, text }) => (
              <li key={`${line}${text}`} className="exchange-fault">
                {line > 0 && `第${line}行 `}
                {text}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Incoming({ incoming }: { incoming: Overview['incoming'] }) {
  return (
    <Box title="不能用的答复文件" id="incoming">
      <p className="hint">在 aside 文件夹里。查明后取走，这里就不再显示；请民政部门重新出一份。</p>
      <ul className="checks">
        {incoming.map(({ name, state, reason, at }) => (
          <li key={name} className="check check-open">
            <div className="check-head">
              <b className="num civil-name">{name}</b>
              <span className={`tag tag-${state === 'aside' ? 'late' : 'near'}`}>
                {state === 'aside' ? '不能用' : '还不完整'}
              </span>
              <span className="quiet num">{stampText(at)}</span>
            </div>
            <p className="exchange-fault">{reason}</p>
          </li>
        ))}
      </ul>
    </Box>
  );
}

function WriteNow({ counties, close }: { counties: Overview['counties']; close: () => void }) {
  const cache = useQueryClient();
  const { message } = App.useApp();
  const [division, setDivision] = useState(counties.length === 1 ? counties[0]?.code : undefined);
  const write = useMutation({
    mutationFn: (body: { division: string }) => call('writeCivilFile', { body }),
    onSuccess: (answer) => {
      message.success(answer.message);
      close();
    },
    onError: (error) => message.error(troubleOf(error).message),
    onSettled: () => void cache.invalidateQueries({ queryKey: ['civil-exchange'] }),
  });
  return (
    <Modal
      open
      title="现在出一份给民政部门"
      okText="写出文件"
      cancelText="取消"
      onCancel={close}
      okButtonProps={{ disabled: !division, loading: write.isPending }}
      onOk={() => division && write.mutate({ division })}
    >
      <p className="hint">所有未答复的转介都在这一份里，前一份不用再答复。</p>
      <Field label="县区">
        <Select
          value={division}
          onChange={setDivision}
          placeholder="选一个县区"
          style={{ width: '100%' }}
          options={counties.map(({ code, name }) => ({ value: code, label: name }))}
        />
      </Field>
    </Modal>
  );
}
