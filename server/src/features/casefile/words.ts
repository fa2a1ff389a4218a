import { codeText } from '@yingdeng/contract/code-tables.ts';
import { applicationStatusText } from '@yingdeng/rules/application.ts';
import { groundRules, isGround } from '@yingdeng/rules/eligibility.ts';
import { type FindingSays, meaningOf, type Source, sources } from '@yingdeng/rules/verification.ts';
import { historyText } from '../../platform/history-words.ts';
import type { ActionRow, CheckRow } from './casefile.sql.ts';

const applicationTexts: Readonly<Record<string, string>> = { ...applicationStatusText, handedOver: '已转外地办理' };

/** Status of an application in words; `handedOver` is the row that stays behind when a case moves to another city. */
export const applicationText = (status: string): string => applicationTexts[status] ?? status;

const sourceTexts: Readonly<Record<string, string>> = {
  ...sources,
  statement: '本人说明',
  workerStatement: '本人说明',
  investigation: '工作人员调查',
  manual: '人工核查',
};

/** Name of a source of verification; one that a clerk wrote stays as written. */
export const sourceText = (source: string): string => sourceTexts[source] ?? source;

/** What a check found, in words, and what it may mean (never a conclusion, A21-3b, H122-2d). */
export function checkText(row: CheckRow): { text: string; mayMean: string } {
  const { says, established, detail } = row.finding;
  if (established !== undefined) {
    const text = isGround(established)
      ? `已认定：${groundRules[established].text}`
      : '经核查，没有发现影响登记的情形。';
    return { text, mayMean: '' };
  }
  if (says !== undefined && row.source in sources) {
    const meaning = meaningOf({
      source: row.source as Source,
      says: says as FindingSays,
      answeredAt: row.at.toISOString(),
    });
    return { text: meaning.text, mayMean: codeText('exitReason', meaning.mayMean) ?? '' };
  }
  return { text: detail || row.note || resultText[row.result], mayMean: '' };
}

const establishedText = (established: string): string =>
  isGround(established) ? `已认定：${groundRules[established].text}` : '没有发现影响登记的情形';

const resultText: Record<CheckRow['result'], string> = {
  clear: '没有发现疑点。',
  finding: '有需要核实的信息。',
  silent: '没有查到信息或对方没有应答。不影响办理。',
  settled: '已核实。',
};

/** One line of the case's history: what was done, through which door, why. */
export function historyLine({ action, to_status, detail }: ActionRow): string {
  const parts = [historyText(action, to_status)];
  const channel = codeText('channel', textOf(detail.channel));
  if (channel) parts.push(`（${channel}）`);
  const ground = textOf(detail.ground);
  if (ground && isGround(ground)) parts.push(`：${groundRules[ground].text}`);
  const established = textOf(detail.established);
  if (established) parts.push(`：${sourceText(textOf(detail.source) ?? '')}，${establishedText(established)}`);
  const exitReason = codeText('exitReason', textOf(detail.reason));
  const why = exitReason ?? textOf(detail.reason) ?? textOf(detail.note) ?? textOf(detail.text);
  if (why) parts.push(`：${why}`);
  return parts.join('');
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
