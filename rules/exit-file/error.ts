/** Why a file cannot be used, for a page that offers help; 'other' is told by the message alone. */
export type ExitFileProblem = 'empty' | 'format' | 'encoding' | 'one-column' | 'header' | 'quotes' | 'other';

/** The file cannot be used at all; the message is Chinese and for a person. */
export class ExitFileError extends Error {
  readonly problem: ExitFileProblem;

  constructor(message: string, options: { problem?: ExitFileProblem; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.problem = options.problem ?? 'other';
  }
}
