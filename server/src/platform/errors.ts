import { type ErrorBody, type ErrorCode, errorTable, type FieldFault } from '@yingdeng/contract/errors.ts';

/** What a refusal may carry besides its code. */
export interface RefusalMore {
  readonly clause?: string;
  readonly fields?: readonly FieldFault[];
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** A refusal of the error table. Thrown anywhere on the server, answered by the door. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly body: ErrorBody;

  /** `fill` replaces `{name}` in the message of the table. */
  constructor(code: ErrorCode, fill: Readonly<Record<string, string | number>> = {}, more: RefusalMore = {}) {
    const entry = errorTable[code];
    const message = entry.message.replace(/\{(\w+)\}/g, (_, name: string) => String(fill[name] ?? ''));
    super(message);
    this.name = 'AppError';
    this.code = code;
    this.status = entry.status;
    this.body = { code, message, ...more };
  }
}
