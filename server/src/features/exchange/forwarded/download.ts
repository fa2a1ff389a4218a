import { checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { CalendarNotMaintained } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../../context.ts';
import { businessDate } from '../../../platform/clock.ts';
import { AppError } from '../../../platform/errors.ts';
import { overLine } from '../../../platform/outside-line.ts';
import { submitApplication } from '../../application/index.ts';
import { tenantsOf } from '../places.ts';
import { AnswerTooLarge, findPlatform, type PlatformClient, PlatformSilent } from '../platform-client.ts';
import { type Delivery, readDelivery } from './delivery.ts';
import { formOfPlatform, unusable } from './form.ts';
import { casesElsewhere, findCursor, moveCursor, revisionsOf } from './forwarded.sql.ts';
import { keep } from './keep.ts';
import { findLive, type LiveCase } from './live.ts';
import { platformActor, type Taken } from './taken.ts';

const PAGE = 200;
const CURSOR = 'applications';
/** Said of what the database cannot store, whatever it is: a data exception (class 22). */
const DATA_EXCEPTION = /^22/;
/** What a download brought: new deliveries, and those among them that a person has to look at. */
export interface Fetched {
  readonly taken: number;
  readonly faulty: number;
}

/**
 * Downloads what workers submitted on the national platform, city by city, and takes each into the ordinary intake with the
 * worker's own instant of submission (M79-7a, H122-2c, R022). Delivered twice, late, out of order or changed: one case. A form
 * with faults is a case all the same, mended with the worker while the clock runs; one that names no person or office is kept,
 * answered and put on the list of its office, never dropped. One bad item stops nothing; the cursor moves after a whole page is
 * stored. `tenants` limits it to some cities. @throws PlatformSilent, PlatformRefused
 */
export async function fetchForwarded(
  context: Context,
  tenants: readonly string[] = tenantsOf(context),
): Promise<Fetched> {
  const total = { taken: 0, faulty: 0 };
  const platform = findPlatform(context);
  if (!platform) return total;
  for (const tenant of tenants) {
    const city = await fetchCity(context, platform, tenant);
    total.taken += city.taken;
    total.faulty += city.faulty;
  }
  return total;
}

async function fetchCity(context: Context, platform: PlatformClient, tenant: string): Promise<Fetched> {
  const total = { taken: 0, faulty: 0 };
  let position = (await context.db.read(platformActor, (tx) => tx.first(findCursor, tenant, CURSOR)))?.position ?? '';
  let limit = PAGE;
  for (;;) {
    let page: Awaited<ReturnType<PlatformClient['applications']>>;
    try {
      page = await overLine(
        context,
        'platform',
        () => platform.applications(tenant, position, limit),
        (error) => error instanceof PlatformSilent,
      );
    } catch (error) {
      if (!(error instanceof AnswerTooLarge) || limit === 1) throw error;
      limit = Math.ceil(limit / 4);
      continue;
    }
    const taken = await takeDeliveries(context, tenant, page.items);
    total.taken += taken.taken;
    total.faulty += taken.faulty;
    // A cursor that does not go forward would have us ask for the same page for ever.
    if (!isAfter(page.next, position)) return total;
    position = page.next;
    await context.db.transaction(platformActor, (tx) =>
      tx.run(moveCursor, tenant, CURSOR, position, context.clock.now()),
    );
    if (!page.more) return total;
  }
}

/** Takes some deliveries of a city in, however they came; those that are known change nothing. */
export async function takeDeliveries(context: Context, tenant: string, items: readonly unknown[]): Promise<Fetched> {
  const total = { taken: 0, faulty: 0 };
  for (const raw of items) {
    const state = await takeIn(context, tenant, raw);
    if (state) total.taken += 1;
    if (state === 'faulty') total.faulty += 1;
  }
  return total;
}

/** The order that moveCursor keeps. */
const isAfter = (next: string, position: string) =>
  next.length > position.length || (next.length === position.length && next > position);

/** @returns what became of a delivery that is new. */
async function takeIn(context: Context, tenant: string, raw: unknown): Promise<Taken['state'] | undefined> {
  const item = readDelivery(raw, context.clock.now());
  const known = await context.db.read(platformActor, (tx) => tx.rows(revisionsOf, tenant, item.number));
  if (known.some(({ revision }) => revision === item.revision)) return undefined;
  const outcome = await place(context, tenant, item, known).catch(unstorable);
  try {
    await keep(context, tenant, item, outcome);
  } catch (error) {
    // Decided, or taken up in the other city, a moment ago: the delivery is kept beside the case without moving it.
    if (!(error instanceof AppError) || !outcome.beside) throw error;
    await keep(context, tenant, item, { state: 'joined', applicationId: outcome.beside.id });
  }
  return outcome.state;
}

type Known = readonly { revision: number; state: string }[];

async function place(context: Context, tenant: string, item: Delivery, known: Known): Promise<Taken> {
  if (item.unreadable.length > 0)
    return { state: 'faulty', answer: 'handedOver', faults: [...item.unreadable, ...item.remarks] };
  const live = await findLive(context, tenant, item.number);
  const newer = known.some((one) => one.revision > item.revision && one.state !== 'faulty');
  // Late and overtaken: nothing of it counts any more but the instant the worker submitted at.
  if (newer) return { state: 'joined', ...(live ? { applicationId: live.id } : {}) };
  if (known.length > 0 && live?.status === 'submitted')
    return { state: 'joined', applicationId: live.id, beside: live };
  const form = formOfPlatform(item.form);
  const missing = unusable(form, tenant);
  if (missing.length > 0) return { state: 'faulty', answer: 'handedOver', faults: [...missing, ...item.remarks] };
  const elsewhere =
    known.length === 0 && item.revision > 1 ? await openElsewhere(context, tenant, item.number) : undefined;
  if (elsewhere) return { state: 'joined', applicationId: elsewhere.id, beside: elsewhere };
  return submit(context, item, form, known.length > 0 ? live : undefined);
}

/** The open case of a number whose place was another city until now. */
async function openElsewhere(context: Context, tenant: string, number: string): Promise<LiveCase | undefined> {
  const tenants = await context.db.read(platformActor, (tx) => tx.rows(casesElsewhere, number, tenant));
  for (const row of tenants) {
    const live = await findLive(context, row.tenant, number);
    if (live?.status === 'submitted') return live;
  }
  return undefined;
}

/** `decided`: an earlier case under the number. After its decision what comes is a new application, answered under that number. */
async function submit(
  context: Context,
  item: Delivery,
  form: ReturnType<typeof formOfPlatform>,
  decided: LiveCase | undefined,
): Promise<Taken> {
  const request = decided ? `platform:${item.number}:${item.revision}` : `platform:${item.number}`;
  try {
    const { id: applicationId, personId } = await submitApplication(
      context,
      platformActor,
      {
        channel: 'platform',
        requestId: request,
        form,
        submittedAt: item.submittedAt,
        ...(decided ? {} : { platformNumber: item.number }),
      },
      context.clock.now(),
    );
    const on = businessDate(item.submittedAt);
    const policy = context.reference.policy(form.placeDivision, on);
    const { faults } = checkApplicationForm(normaliseForm(form), { today: on, policy });
    return { state: decided ? 'joined' : 'applied', applicationId, personId, faults };
  } catch (error) {
    return takenOtherwise(context, error, item, decided);
  }
}

/** What a refusal of the intake means for a delivery. Anything else is thrown, and the page is fetched again. */
async function takenOtherwise(
  context: Context,
  error: unknown,
  item: Delivery,
  decided: LiveCase | undefined,
): Promise<Taken> {
  if (error instanceof CalendarNotMaintained) {
    const faults = [{ field: '', message: `工作日历未维护到${error.date}` }];
    return { state: 'faulty', answer: 'handedOver', faults };
  }
  if (!(error instanceof AppError)) throw error;
  const { code, detail, fields, message } = error.body;
  switch (code) {
    case 'application.open': {
      const id = String(detail?.applicationId);
      const place = formOfPlatform(item.form).placeDivision;
      return { state: 'joined', applicationId: id, beside: { id, tenant: place.slice(0, 4), status: 'submitted' } };
    }
    case 'application.alreadyRegistered':
      return { state: 'joined', answer: 'duplicate' };
    case 'request.keyReused': {
      const live =
        decided ?? (await findLive(context, formOfPlatform(item.form).placeDivision.slice(0, 4), item.number));
      return { state: 'joined', ...(live ? { applicationId: live.id } : {}) };
    }
    case 'form.faulty':
    case 'form.commitment':
    case 'law.silent':
    case 'calendar.notMaintained':
      return { state: 'faulty', answer: 'handedOver', faults: fields ?? [{ field: '', message }] };
    default:
      throw error;
  }
}

/** What the database will never take, however often it is offered, is a person's to look at; everything else is thrown. */
function unstorable(error: unknown): Taken {
  if (!DATA_EXCEPTION.test((error as { code?: string }).code ?? '')) throw error;
  return { state: 'faulty', answer: 'handedOver', faults: [{ field: '', message: '内容中有不能保存的字符或数值' }] };
}
