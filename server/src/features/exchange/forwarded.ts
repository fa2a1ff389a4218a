import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { checkApplicationForm, normaliseForm } from '@yingdeng/rules/application-form.ts';
import { CalendarNotMaintained } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { canonicalJson } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { sm3, tenantIdFrom } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { submitApplication } from '../application/index.ts';
import { answerPlatform } from './decisions.ts';
import {
  caseOfPlatform,
  findCursor,
  moveCursor,
  putFaultyEvent,
  putForwarded,
  putMendEntry,
  revisionsOf,
} from './forwarded.sql.ts';
import { formOfPlatform, unusable } from './forwarded-form.ts';
import { tenantsOf } from './places.ts';
import { type ForwardedItem, findPlatform, type PlatformClient } from './platform-client.ts';

const PAGE = 200;
const CURSOR = 'applications';
const actor = { ...systemActor('forwarded'), name: '全国平台' };

/**
 * What became of one delivery. `applied`: a case of its own, whose form may have faults to mend with the worker while the clock
 * runs. `joined`: it belongs to a case or registration that is there already. `faulty`: it names no person or no office.
 */
interface Taken {
  readonly state: 'applied' | 'joined' | 'faulty';
  readonly applicationId?: string;
  readonly personId?: string;
  readonly faults?: readonly FieldFault[];
  /** Answered at once: an earlier valid registration, or a form that needs a person's help. */
  readonly answer?: 'duplicate' | 'handedOver';
}

/**
 * Downloads what workers submitted on the national platform, city by city, and takes each into the ordinary intake with the
 * worker's own instant of submission (M79-7a, H122-2c, R022). Delivered twice, late, out of order or changed: one case. A form
 * with faults is a case all the same, mended with the worker while the clock runs; one that names no person or office is kept,
 * answered and told to supervision, never dropped. The cursor moves after a whole page is stored.
 * @returns how many deliveries were new. @throws PlatformSilent, PlatformRefused
 */
export async function fetchForwarded(context: Context): Promise<number> {
  const platform = findPlatform(context);
  if (!platform) return 0;
  let taken = 0;
  for (const tenant of tenantsOf(context)) taken += await fetchCity(context, platform, tenant);
  return taken;
}

async function fetchCity(context: Context, platform: PlatformClient, tenant: string): Promise<number> {
  let taken = 0;
  let position = (await context.db.read(actor, (tx) => tx.first(findCursor, tenant, CURSOR)))?.position ?? '';
  for (;;) {
    const page = await platform.applications(tenant, position, PAGE);
    for (const item of page.items) if (await takeIn(context, tenant, item)) taken += 1;
    if (page.next !== position) {
      position = page.next;
      await context.db.transaction(actor, (tx) => tx.run(moveCursor, tenant, CURSOR, position, context.clock.now()));
    } else if (page.more) {
      return taken;
    }
    if (!page.more) return taken;
  }
}

/** @returns whether the delivery was new. */
async function takeIn(context: Context, tenant: string, item: ForwardedItem): Promise<boolean> {
  const known = await context.db.read(actor, (tx) => tx.rows(revisionsOf, tenant, item.applicationNumber));
  if (known.some(({ revision }) => revision === item.revision)) return false;
  const newer = known.some(({ revision }) => revision > item.revision);
  const outcome: Taken = newer ? { state: 'joined' } : await submit(context, tenant, item, known.length > 0);
  await keep(context, tenant, item, outcome);
  return true;
}

async function submit(context: Context, tenant: string, item: ForwardedItem, changed: boolean): Promise<Taken> {
  const form = formOfPlatform(item.form);
  const missing = unusable(form, tenant);
  if (missing.length > 0) return { state: 'faulty', answer: 'handedOver', faults: missing };
  const own = await context.db.read(actor, (tx) => tx.first(caseOfPlatform, tenant, item.applicationNumber));
  // A change of what was applied for and is still open belongs to that case; the clerk sees it beside the form.
  if (own && changed && own.status === 'submitted') return { state: 'joined', applicationId: own.id };
  // After a decision it is a new application: the old case keeps the number, the new one is answered under it.
  const again = own !== undefined && changed;
  const request = again ? `platform:${item.applicationNumber}:${item.revision}` : `platform:${item.applicationNumber}`;
  try {
    const submitted = await submitApplication(
      context,
      actor,
      {
        channel: 'platform',
        requestId: request,
        form,
        submittedAt: new Date(item.submittedAt),
        ...(again ? {} : { platformNumber: item.applicationNumber }),
      },
      context.clock.now(),
    );
    const on = businessDate(new Date(item.submittedAt));
    const policy = context.reference.policy(form.placeDivision, on);
    const { faults } = checkApplicationForm(normaliseForm(form), { today: on, policy });
    const { id: applicationId, personId } = submitted;
    return { state: again ? 'joined' : 'applied', applicationId, personId, faults };
  } catch (error) {
    return takenOtherwise(error, own?.id);
  }
}

/** What a refusal of the intake means for a delivery. Anything else is thrown, and the page is fetched again. */
function takenOtherwise(error: unknown, own: string | undefined): Taken {
  if (error instanceof CalendarNotMaintained) {
    const faults = [{ field: '', message: `工作日历未维护到${error.date}` }];
    return { state: 'faulty', answer: 'handedOver', faults };
  }
  if (!(error instanceof AppError)) throw error;
  const { code, detail, fields, message } = error.body;
  switch (code) {
    case 'application.open':
      return { state: 'joined', applicationId: String(detail?.applicationId) };
    case 'application.alreadyRegistered':
      return { state: 'joined', answer: 'duplicate' };
    case 'request.keyReused':
      return { state: 'joined', ...(own ? { applicationId: own } : {}) };
    case 'form.faulty':
    case 'form.commitment':
    case 'law.silent':
    case 'calendar.notMaintained':
      return { state: 'faulty', answer: 'handedOver', faults: fields ?? [{ field: '', message }] };
    default:
      throw error;
  }
}

async function keep(context: Context, tenant: string, item: ForwardedItem, outcome: Taken): Promise<void> {
  const now = context.clock.now();
  const { applicationNumber: number, revision } = item;
  const faults = outcome.faults ?? [];
  const place = formOfPlatform(item.form).placeDivision;
  const office = place.startsWith(tenant) && /^\d{6}$/.test(place) ? place : `${tenant}00`;
  await context.db.transaction(actor, async (tx) => {
    void tx.run(
      putForwarded,
      tenant,
      number,
      revision,
      office,
      new Date(item.submittedAt),
      now,
      context.crypto.seal(item),
      sm3(canonicalJson(item)),
      outcome.state,
      outcome.applicationId ?? null,
      JSON.stringify(faults),
    );
    if (outcome.applicationId && outcome.personId && faults.length > 0) {
      const id = tenantIdFrom(tenant, `mend:${number}:${revision}`);
      const detail = JSON.stringify({ faults });
      void tx.run(putMendEntry, tenant, id, outcome.applicationId, outcome.personId, office, now, detail);
    }
    if (outcome.state === 'faulty') {
      const text = `全国平台转来的申请（${number}）需要人工核对：${faults.map(({ message }) => message).join('；')}`;
      const id = tenantIdFrom(tenant, `forwarded:${number}:${revision}`);
      void tx.run(putFaultyEvent, tenant, id, office, now, JSON.stringify({ text, platformNumber: number }));
    }
    if (outcome.answer) {
      await answerPlatform(tx, {
        tenant,
        office,
        platformNumber: number,
        outcome: outcome.answer,
        decidedAt: now,
        occasion: String(revision),
      });
    }
  });
}
