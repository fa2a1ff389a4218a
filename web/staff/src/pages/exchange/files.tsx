import { useQuery } from '@tanstack/react-query';
import { call } from '@yingdeng/web-shared/api.ts';
import type { Answer } from '@yingdeng/web-shared/routes.gen.ts';
import type { ReactNode } from 'react';
import { stampText } from '../../lib/dates.ts';
import { Box } from '../../parts/page.tsx';
import { Failed } from '../../parts/states.tsx';
import './files.css';

/** Entries of a list that are seen at once. */
const SHOWN = 6;

type Files = Answer<'getExchangeFiles'>;
type File = Files['outgoing'][number];

const stateTexts: Readonly<Record<File['state'], readonly [text: string, tag: string]>> = {
  toWrite: ['还没写出', 'late'],
  lying: ['在发件夹，等取走', 'near'],
  takenAway: ['已取走，等回执', 'near'],
  answered: ['已有回执', 'clear'],
  givenUp: ['已作废，另行上报', 'silent'],
};

/** 文件交换: where files are the way to the platform, which of them wait, lie in the outbox, were answered or cannot be used. */
export function ExchangedFiles() {
  const files = useQuery({
    queryKey: ['exchange-files'],
    queryFn: ({ signal }) => call('getExchangeFiles', { signal }),
    refetchInterval: 60_000,
  });
  if (files.error && !files.data)
    return (
      <Box title="文件交换" id="files">
        <Failed error={files.error} retry={() => void files.refetch()} />
      </Box>
    );
  const { data } = files;
  // A line needs no box of its own, unless files were carried by hand while it was down.
  if (!data || (data.transport !== 'files' && data.outgoing.length + data.incoming.length === 0)) return null;
  return (
    <Box title="文件交换" id="files">
      <p className="hint">
        {data.transport === 'files'
          ? `本系统没有专线，用文件上报（${data.encoding}）。发件夹里的文件由专人送交，回执放回收件夹后自动处理。`
          : '人工送交的文件。回执带回后用 exchange import-receipts 读入。'}
      </p>
      {data.trouble && (
        <p className="verdict verdict-bad" role="alert">
          {data.trouble}
        </p>
      )}
      {data.incoming.length > 0 && <Incoming incoming={data.incoming} />}
      <Outgoing outgoing={data.outgoing} />
    </Box>
  );
}

/** Files on their way; those that are done fold away. */
function Outgoing({ outgoing }: { outgoing: Files['outgoing'] }) {
  const done = outgoing.filter(({ state }) => state === 'answered' || state === 'givenUp');
  const open = outgoing.filter((file) => !done.includes(file));
  const item = (file: File) => <OutgoingFile key={file.name} file={file} />;
  return (
    <>
      {open.length === 0 && <p className="quiet">没有等回执的文件。</p>}
      <Folded items={open.map(item)} shown={SHOWN} rest={(count) => `还有${count}个等回执的文件`} />
      <Folded items={done.map(item)} shown={0} rest={(count) => `已有回执的${count}个文件`} />
    </>
  );
}

/** A list whose first entries are seen and whose others fold away. */
function Folded({ items, shown, rest }: { items: ReactNode[]; shown: number; rest: (count: number) => string }) {
  const folded = items.slice(shown);
  return (
    <>
      {shown > 0 && items.length > 0 && <ul className="checks files-list">{items.slice(0, shown)}</ul>}
      {folded.length > 0 && (
        <details className="files-rest">
          <summary>{rest(folded.length)}</summary>
          <ul className="checks">{folded}</ul>
        </details>
      )}
    </>
  );
}

function OutgoingFile({ file: { name, count, state, at, trouble, receipt } }: { file: File }) {
  const [text, tag] = stateTexts[state];
  return (
    <li className={trouble ? 'check check-open' : 'check'}>
      <div className="check-head">
        <b className="num file-name">{name}</b>
        <span className={`tag tag-${tag}`}>{text}</span>
        <span>{count === 0 ? '零退出' : `${count}条`}</span>
        <span className="quiet num">{stampText(at)}</span>
      </div>
      {trouble && <p className="exchange-fault">{trouble}</p>}
      {receipt && <p className="quiet num small">回执{receipt}</p>}
    </li>
  );
}

/** What came in and could not be used: until somebody takes it out of the folder. */
function Incoming({ incoming }: { incoming: Files['incoming'] }) {
  const item = ({ name, state, reason, at }: Files['incoming'][number]) => (
    <li key={`${name}${at}`} className="check check-open">
      <div className="check-head">
        <b className="num file-name">{name}</b>
        <span className={`tag tag-${state === 'aside' ? 'late' : 'near'}`}>
          {state === 'aside' ? '不能用' : '还不完整'}
        </span>
        <span className="quiet num">{stampText(at)}</span>
      </div>
      <p className="exchange-fault">{reason}</p>
    </li>
  );
  return (
    <>
      <p className="files-note">收到的文件有问题。不能用的在 aside 文件夹里，查明后取走，这里就不再显示。</p>
      <Folded items={incoming.map(item)} shown={SHOWN} rest={(count) => `还有${count}个`} />
    </>
  );
}
