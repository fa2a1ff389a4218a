import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { z } from 'zod';
import { businessDate } from '../../../platform/clock.ts';
import { sm3 } from '../../../platform/crypto.ts';

/** An item larger than this holds no form. The largest lawful one, with a signature of 20,000 characters, has a twentieth. */
const LARGEST = 1_000_000;
/** A form has three levels; what is nested deeper is no form, and would exhaust whoever walks through it. */
const DEEPEST = 12;
const LARGEST_REVISION = 1_000_000;

const platformNumber = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z_-]{0,59}$/);
const revision = z.number().int().min(1).max(LARGEST_REVISION);
const instant = z.iso.datetime({ offset: true });

/** One delivery of the platform, read with care: nothing in it can stop the deliveries after it. */
export interface Delivery {
  /** The platform's number of the application; made from the digest when the item has none that could be kept. */
  readonly number: string;
  /** Whether an answer can be sent under that number. */
  readonly answerable: boolean;
  /** 0: the item does not say. */
  readonly revision: number;
  /** When the clock starts: the worker's submission there, never later than now (R022). */
  readonly submittedAt: Date;
  readonly form: Readonly<Record<string, unknown>>;
  /** As received, or what identifies it when it is too large or too deep to be kept. */
  readonly content: unknown;
  /** Nothing of it can become a case. */
  readonly unreadable: readonly FieldFault[];
  /** Said beside the case, stops nothing. */
  readonly remarks: readonly FieldFault[];
}

/** Reads one item of a page. Never throws. */
export function readDelivery(raw: unknown, now: Date): Delivery {
  const unfit = unfitContent(raw);
  const given = isRecord(raw) ? raw : {};
  const named = platformNumber.safeParse(given.applicationNumber);
  const numbered = revision.safeParse(given.revision);
  const unreadable: FieldFault[] = [];
  if (unfit) unreadable.push({ field: '', message: unfit });
  if (!named.success) unreadable.push({ field: 'applicationNumber', message: '没有可用的申请编号' });
  if (!numbered.success) unreadable.push({ field: 'revision', message: '没有可用的版本号' });
  if (!isRecord(given.form)) unreadable.push({ field: 'form', message: '没有登记表' });
  const content = unfit
    ? { applicationNumber: named.data, revision: numbered.data, submittedAt: asText(given.submittedAt) }
    : raw;
  const { submittedAt, remarks } = clockOf(given.submittedAt, now);
  return {
    number:
      named.data ??
      `unreadable-${sm3(unfit ? outline(raw) : JSON.stringify(raw))
        .toString('hex')
        .slice(0, 32)}`,
    answerable: named.success,
    revision: numbered.data ?? 0,
    submittedAt,
    form: !unfit && isRecord(given.form) ? given.form : {},
    content,
    unreadable,
    remarks,
  };
}

/** A clock there that is ahead of ours does not give the office more days; an instant that is none starts the clock now. */
function clockOf(given: unknown, now: Date): Pick<Delivery, 'submittedAt' | 'remarks'> {
  const read = instant.safeParse(given);
  const at = read.success ? new Date(read.data) : undefined;
  if (!at || Number.isNaN(at.getTime()))
    return { submittedAt: now, remarks: [{ field: 'submittedAt', message: '平台没有给出提交时间，按收到时间起算' }] };
  if (at <= now) return { submittedAt: at, remarks: [] };
  const anotherDay = businessDate(at) !== businessDate(now);
  const message = '平台给出的提交时间晚于收到时间，按收到时间起算';
  return { submittedAt: now, remarks: anotherDay ? [{ field: 'submittedAt', message }] : [] };
}

/** Why an item is not even looked into; undefined: it may be. */
function unfitContent(raw: unknown): string | undefined {
  if (!isRecord(raw)) return '内容不是一份申请';
  if (deeperThan(raw, DEEPEST)) return '内容嵌套过深';
  return JSON.stringify(raw).length > LARGEST ? '内容超过一份申请可能的大小' : undefined;
}

function deeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((one) => deeperThan(one, levels - 1));
}

/** What tells one unfit item from another: its plain values. */
const outline = (raw: unknown) =>
  typeof raw !== 'object' || raw === null
    ? String(raw)
    : Object.entries(raw)
        .map(([key, value]) => (typeof value === 'object' ? key : `${key}=${value}`))
        .join('\n');

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const asText = (value: unknown) => (typeof value === 'string' ? value.slice(0, 40) : undefined);
