import type { ErrorCode } from '@yingdeng/contract/errors.ts';

/** Something supervision must learn of, although the action itself was blocked (product §2: a forbidden ground is blocked and reported). */
export type SupervisionEvent = {
  /** What happened, as a stable name. */
  kind: 'forbiddenGround' | 'groundOutsideList' | 'selfReview';
  /** Words for the supervisor, in Chinese; never the whole free text, which may hold personal data. */
  text: string;
  /** The clauses concerned. */
  clauses: readonly string[];
};

/**
 * A rule's "no": a value, never an exception, so that one case and a bulk of ten thousand are handled alike.
 * `code` is an entry of the error table, `message` is plain Chinese for the person who asked, `clause` an id of the clause list.
 */
export type Refusal = {
  refused: true;
  code: ErrorCode;
  message: string;
  clause?: string;
  supervisionEvent?: SupervisionEvent;
};

/** Builds a refusal. */
export function refuse(
  code: ErrorCode,
  message: string,
  clause?: string,
  supervisionEvent?: SupervisionEvent,
): Refusal {
  return {
    refused: true,
    code,
    message,
    ...(clause === undefined ? {} : { clause }),
    ...(supervisionEvent === undefined ? {} : { supervisionEvent }),
  };
}

/** True when a rule answered with a refusal. */
export function isRefusal(value: unknown): value is Refusal {
  return typeof value === 'object' && value !== null && 'refused' in value && value.refused === true;
}
