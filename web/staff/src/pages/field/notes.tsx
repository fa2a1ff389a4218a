import { contactMeans, contactResults } from '@yingdeng/rules/contact.ts';
import { Button } from 'antd';
import { stampText } from '../../lib/dates.ts';
import type { Note, NoteState } from './queue.ts';

const states: Readonly<Record<NoteState, { text: string; tag: string }>> = {
  waiting: { text: '待发送', tag: 'silent' },
  sent: { text: '已发送', tag: 'clear' },
  conflict: { text: '有冲突', tag: 'finding' },
  refused: { text: '没有收下', tag: 'finding' },
};

/** What a note says, in one line. */
function words({ body }: Note): string {
  const result = contactResults[body.result as keyof typeof contactResults] ?? '';
  return [`${contactMeans[body.means]}，${result}`, body.interview ? '首次面谈' : '', body.note ?? '']
    .filter(Boolean)
    .join('。');
}

/** The notes on this device, each with where it stands. */
export function Notes({
  notes,
  add,
  drop,
}: {
  notes: readonly Note[];
  add: (note: Note) => void;
  drop: (note: Note) => void;
}) {
  return (
    <ul className="cards">
      {notes.map((note) => (
        <li key={note.key} className="field-note">
          <p>
            <span className={`tag tag-${states[note.state].tag}`}>{states[note.state].text}</span> <b>{note.name}</b>{' '}
            <span className="quiet num">{stampText(note.writtenAt)}</span>
          </p>
          {note.state === 'conflict' ? (
            <Conflict note={note} add={() => add(note)} drop={() => drop(note)} />
          ) : (
            <p>{words(note)}</p>
          )}
          {note.state === 'refused' && (
            <>
              <p className="fault">{note.words}</p>
              <Button size="small" onClick={() => drop(note)}>
                丢弃这条
              </Button>
            </>
          )}
        </li>
      ))}
    </ul>
  );
}

/** Mine and theirs beside each other; nothing is overwritten, the person decides. */
function Conflict({ note, add, drop }: { note: Note; add: () => void; drop: () => void }) {
  const { server } = note;
  return (
    <section aria-label={`${note.name}的记录有冲突`}>
      <div className="field-compare">
        <div>
          <h3>我在{stampText(note.writtenAt)}写的</h3>
          <p>{words(note)}</p>
        </div>
        <div>
          <h3>系统里已有的</h3>
          <p>
            {server?.what}
            <br />
            <span className="quiet">
              {server?.who}
              {server?.at ? `，${stampText(server.at)}` : ''}
            </span>
          </p>
        </div>
      </div>
      <p className="quiet">
        {server?.ended
          ? '登记已经退出，不能再加记录。确有需要的，请告诉经办人员。'
          : '别人的记录不会被覆盖。您的这条可以作为补充再发，也可以丢弃。'}
      </p>
      <p className="field-buttons">
        {!server?.ended && (
          <Button type="primary" onClick={add}>
            作为补充发送
          </Button>
        )}
        <Button onClick={drop}>丢弃我的这条</Button>
      </p>
    </section>
  );
}
