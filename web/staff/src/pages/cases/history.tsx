import { stampText } from '../../lib/dates.ts';
import type { CaseFile } from './model.ts';

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
              <p className={row.state === 'failed' ? 'fault' : 'quiet'}>
                {row.stateText}
                {row.settledAt && `，${stampText(row.settledAt)}`}
              </p>
            </div>
          </li>
        ))}
    </ol>
  );
}
