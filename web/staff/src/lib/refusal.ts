import { ApiError } from '@yingdeng/web-shared/api.ts';

/** What went wrong, for a page or a drawer. */
export interface Trouble {
  readonly message: string;
  readonly clause?: string;
  readonly fields: readonly { field: string; message: string }[];
  /** Somebody else was first: the page must be fetched again. */
  readonly changed: boolean;
  readonly status: number;
  readonly code: string;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Reads any error into words for the person. */
export function troubleOf(error: unknown): Trouble {
  if (error instanceof ApiError) {
    const { code, message, clause, fields, detail } = error.body;
    return {
      message,
      clause,
      fields: fields ?? [],
      changed: code.endsWith('.changed') || code === 'registration.claimed',
      status: error.status,
      code,
      detail: detail ?? {},
    };
  }
  return { message: '页面出错了，请刷新后再试。', fields: [], changed: false, status: 0, code: 'page', detail: {} };
}
