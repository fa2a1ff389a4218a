import { setTimeout as sleep } from 'node:timers/promises';
import type { Finding, FindingSays, Source } from '@yingdeng/rules/verification.ts';
import type { Context } from '../../context.ts';
import { lineAnswered, lineSilent } from '../../platform/outside-line.ts';

interface LookupAnswer {
  readonly found: boolean;
  readonly asOf?: string;
  readonly records: readonly Record<string, unknown>[];
}

type Reading = (answer: LookupAnswer, person: { name: string }) => FindingSays;

const current = (record: Record<string, unknown>) => record.to === null || record.to === undefined;

/** How each source's records read. What a source does not say, it does not say: no record is silence, not a finding. */
const readings: Partial<Record<Source, Reading>> = {
  socialSecurityCard: ({ records }, person) =>
    records.length === 0 ? 'silent' : records.some((record) => record.name === person.name) ? 'matches' : 'differs',
  socialInsurance: ({ records }) =>
    records.some((record) => current(record) && record.scheme === 'employee')
      ? 'employeeInsurance'
      : records.some((record) => current(record) && record.scheme === 'flexible')
        ? 'flexibleInsurance'
        : 'notInsured',
  employmentFiling: ({ records }) => (records.some(current) ? 'employmentFiled' : 'silent'),
  marketEntity: ({ records }) => (records.some((record) => record.status === '存续') ? 'inBusiness' : 'silent'),
  pension: ({ records }) => (records.length > 0 ? 'drawingPension' : 'silent'),
  deaths: ({ records }) => (records.length > 0 ? 'dead' : 'silent'),
};

/** One line on what the records name, for the clerk: employer, business, date. Numbers never. */
function detailOf(records: readonly Record<string, unknown>[]): string | undefined {
  const [record] = records.filter(current).concat(records);
  if (!record) return undefined;
  const words = [record.employer, record.kind, record.since ?? record.from ?? record.diedOn];
  return words.filter((word): word is string => typeof word === 'string' && word !== '').join('，') || undefined;
}

const PATIENCE_MS = 5000;
/** Pauses before asking again; after the last one the source counts as silent. */
const pausesMs = [1000, 3000] as const;

/**
 * Asks one source about one person, five seconds at most, three times when it fails. After that it is silent, which neither
 * delays nor refuses (A21-3b, R027).
 */
export async function lookUp(
  context: Context,
  source: Source,
  person: { idNumber: string; name: string },
): Promise<Finding> {
  const reading = readings[source];
  const adapter = context.config.insurance;
  const answeredAt = () => context.clock.now().toISOString();
  if (!adapter || !reading) return { source, says: 'silent', answeredAt: answeredAt() };
  for (let attempt = 0; ; attempt += 1) {
    try {
      const answer = await ask(adapter.url, source, person);
      await lineAnswered(context, `lookup:${source}`);
      const says = reading(answer, person);
      return {
        source,
        says,
        answeredAt: answeredAt(),
        asOf: answer.asOf?.slice(0, 10),
        detail: detailOf(answer.records),
      };
    } catch (error) {
      const pause = pausesMs[attempt];
      if (pause === undefined) {
        await lineSilent(context, `lookup:${source}`);
        context.log.warn({ source, error: (error as Error).message }, 'source is silent');
        return { source, says: 'silent', answeredAt: answeredAt() };
      }
      await sleep(pause);
    }
  }
}

async function ask(url: string, source: Source, person: { idNumber: string; name: string }): Promise<LookupAnswer> {
  const response = await fetch(new URL('/v1/lookup', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ source, idNumber: person.idNumber, name: person.name }),
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`answered ${response.status}`);
  return (await response.json()) as LookupAnswer;
}
