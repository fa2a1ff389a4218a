import { Alert, Button } from 'antd';
import type { Trouble } from '../lib/refusal.ts';
import { Clause } from './clause.tsx';

/**
 * A refusal inside a drawer or dialog: the words, the clause, and, when somebody else was first, a way to see what is there now.
 * What was typed stays.
 */
export function Refused({ trouble, refresh }: { trouble: Trouble; refresh?: () => void }) {
  return (
    <Alert
      type={trouble.changed ? 'warning' : 'error'}
      showIcon
      role="alert"
      title={trouble.message}
      description={
        <>
          {trouble.fields.length > 0 && (
            <ul className="plain">
              {trouble.fields.map(({ field, message }) => (
                <li key={`${field}${message}`}>{message}</li>
              ))}
            </ul>
          )}
          {trouble.clause && (
            <div>
              <Clause id={trouble.clause} />
            </div>
          )}
          {trouble.changed && refresh && (
            <Button size="small" onClick={refresh}>
              刷新，看最新情况
            </Button>
          )}
        </>
      }
    />
  );
}
