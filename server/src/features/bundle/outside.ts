import { applicationForm, commitment } from '@yingdeng/contract/application-form.ts';
import { z } from 'zod';

/** No usable answer came: whether the other side kept what was sent is not known, so it is sent again under its key. */
export class OutsideSilent extends Error {}

/** The other side would not take it, and said why. */
export class OutsideRefused extends Error {}

const taken = z.object({ number: z.string().min(1).max(40) });
const base = { position: z.string().min(1).max(40), number: z.string().min(1).max(40), key: z.string().optional() };
const day = z.iso.date();
const notice = z.discriminatedUnion('kind', [
  z.object({
    ...base,
    kind: z.literal('accepted'),
    months: z.number().int().optional(),
    monthlyFen: z.number().int().optional(),
    from: day.optional(),
    text: z.string().max(300).default(''),
  }),
  z.object({ ...base, kind: z.literal('refused'), reason: z.string().max(300) }),
  z.object({ ...base, kind: z.literal('stopped'), on: day, reason: z.string().max(300) }),
  z.object({
    ...base,
    kind: z.literal('applied'),
    division: z.string().regex(/^\d{6}$/),
    submittedAt: z.iso.datetime({ offset: true }),
    form: z.record(z.string(), z.unknown()),
    commitment: z.unknown(),
  }),
]);
/** What the other side tells: an outcome, a stop, a person who applied there. */
export type Notice = z.infer<typeof notice>;
// Read one by one: a single bad notice must not stop those behind it.
const page = z.object({ notices: z.array(z.unknown()), next: z.string().max(40), more: z.boolean() });

/** The form and the commitment as annex 1 has them, or undefined when they cannot be read at all. */
export function annexOf(given: Extract<Notice, { kind: 'applied' }>) {
  const read = z.object({ form: applicationForm, commitment }).safeParse(given);
  return read.success ? read.data : undefined;
}

const PATIENCE_MS = 15_000;

/** Benefit system or civil affairs over a line. Nothing is repeated here: callers decide. */
export class OutsideClient {
  readonly #url: string;
  readonly #key: string;
  readonly #matter: 'benefit' | 'livingAllowance';

  constructor(config: { url: string; key: string }, matter: 'benefit' | 'livingAllowance') {
    this.#url = config.url.replace(/\/$/, '');
    this.#key = config.key;
    this.#matter = matter;
  }

  /** Hands an application over; the same key again gives the same number. @throws OutsideSilent, OutsideRefused */
  async apply(key: string, application: object): Promise<string> {
    const { number } = await this.#ask(taken, '/v1/applications', { key, matter: this.#matter, ...application }, key);
    return number;
  }

  /** Tells that the registration ended or was restored; the same key again does nothing more. @throws OutsideSilent, OutsideRefused */
  async tell(key: string, event: { number: string; event: 'exited' | 'restored'; on: string }): Promise<void> {
    await this.#ask(z.object({}), '/v1/registrations', { key, ...event }, key);
  }

  /** Notices behind a position, oldest first; what cannot be read is counted in `unread`. @throws OutsideSilent, OutsideRefused */
  async notices(after: string): Promise<{ notices: Notice[]; unread: number; next: string; more: boolean }> {
    const query = new URLSearchParams({ matter: this.#matter, after });
    const answer = await this.#ask(page, `/v1/notices?${query}`);
    const read = answer.notices.map((one) => notice.safeParse(one));
    return {
      notices: read.flatMap((one) => (one.success ? [one.data] : [])),
      unread: read.filter((one) => !one.success).length,
      next: answer.next,
      more: answer.more,
    };
  }

  async #ask<T>(shape: z.ZodType<T>, path: string, body?: object, key?: string): Promise<T> {
    let status: number;
    let json: unknown;
    try {
      const response = await fetch(`${this.#url}${path}`, {
        method: body ? 'POST' : 'GET',
        headers: {
          authorization: `Bearer ${this.#key}`,
          ...(body ? { 'content-type': 'application/json' } : {}),
          ...(key ? { 'idempotency-key': key } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
        signal: AbortSignal.timeout(PATIENCE_MS),
        redirect: 'error',
      });
      status = response.status;
      json = await response.json();
    } catch (error) {
      throw new OutsideSilent((error as Error).message);
    }
    if (status === 422) {
      const said = z.object({ error: z.object({ message: z.string().max(300) }) }).safeParse(json);
      throw new OutsideRefused(said.success ? said.data.error.message : '没有说明原因');
    }
    if (status < 200 || status > 299) throw new OutsideSilent(`answered ${status}`);
    const read = shape.safeParse(json);
    if (!read.success) throw new OutsideSilent('an answer of another shape');
    return read.data;
  }
}
