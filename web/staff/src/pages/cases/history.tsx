import { stampText } from '../../lib/dates.ts';
import type { CaseFile } from './model.ts';

const states: Readonly<Record<string, string>> = {
  waiting: '待发',
  queued: '待发',
  sent: '已发出',
  failed: '没有发出',
  delivered: '已送达',
};

/** What was done, newest first. */
export function History({ history }: { history: CaseFile['history'] }) {
  if (history.length === 0) return <p className="quiet">还没有记录。</p>;
  return (
    <ol className="events">
      {history
        .toSorted((a, b) => (a.at < b.at ? 1 : -1))
        .map((row) => (
          <li key={`${row.at}${row.action}${row.text}`}>
            <time className="num">{stampText(row.at)}</time>
            <div>
              <p>{row.text}</p>
              <p className="quiet">{row.who}</p>
            </div>
          </li>
        ))}
    </ol>
  );
}

/** What the person was told. */
export function Messages({ messages }: { messages: CaseFile['messages'] }) {
  if (messages.length === 0) return <p className="quiet">还没有发过消息。</p>;
  return (
    <ol className="events">
      {messages
        .toSorted((a, b) => (a.at < b.at ? 1 : -1))
        .map((row) => (
          <li key={`${row.at}${row.body}`}>
            <time className="num">{stampText(row.at)}</time>
            <div>
              <p>{row.body}</p>
              <p className="quiet">{states[row.state] ?? row.state}</p>
            </div>
          </li>
        ))}
    </ol>
  );
}
