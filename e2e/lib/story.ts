import type { Citation, dueDate } from '@yingdeng/contract/route.ts';

/** Where the walk is told: one line at a time. */
export type Say = (line: string) => void;

/** A story in numbered steps. A step that does not hold throws, and so ends the story. */
export class Story {
  readonly #say: Say;
  #number = 0;

  constructor(say: Say) {
    this.#say = say;
  }

  /** A heading over the steps that follow; numbers begin anew. */
  part(title: string): void {
    this.#number = 0;
    this.#say(`\n${title}`);
  }

  /** Does one step and tells what came of it. The step's own lines are those it returns. */
  async step<T>(title: string, work: (tell: Say) => Promise<T>): Promise<T> {
    this.#number += 1;
    const lines: string[] = [];
    const name = `${String(this.#number).padStart(2)}. ${title}`;
    try {
      const result = await work((line) => lines.push(line));
      this.#say(name);
      for (const line of lines) this.#say(`    ${line}`);
      return result;
    } catch (error) {
      this.#say(`${name}　没有走通`);
      for (const line of lines) this.#say(`    ${line}`);
      throw new Error(`第${this.#number}步“${title}”：${(error as Error).message}`, { cause: error });
    }
  }
}

/** A condition of a step; the words say what ought to have been. */
export function hold(condition: unknown, otherwise: string): asserts condition {
  if (!condition) throw new Error(otherwise);
}

/** 人社厅发〔2020〕79号 一(三)（M79-3a） */
export const cited = ({ document, clause, clauseId }: Citation): string => `${document} ${clause}（${clauseId}）`;

/** A due date that explains itself: the day, the count, the clause. */
export function dueText(due: (typeof dueDate)['_output']): string {
  const count = due.workingDays === undefined ? '' : `（${due.from}起第${due.workingDays}个工作日）`;
  return `${due.on}${count}，依据 ${cited(due.citation)}`;
}

/** A case number in groups, as it is read out. */
export const grouped = (number: string): string => number.replace(/(.{4})(?=.)/g, '$1 ');

/** An instant as a clock in Shanghai shows it, to the minute. */
export const minuteOf = (instant: string): string =>
  new Date(Date.parse(instant) + 8 * 3_600_000).toISOString().slice(0, 16).replace('T', ' ');
