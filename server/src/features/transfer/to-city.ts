import type { Context } from '../../context.ts';
import { businessDate } from '../../platform/clock.ts';
import { newTenantId, tenantIdFrom } from '../../platform/crypto.ts';
import type { Tx } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { moveMattersToCity } from '../matter/index.ts';
import {
  carryApplication,
  carryClass,
  carryDifficulty,
  carryPerson,
  carryRegistration,
  carryWish,
  dropClaim,
  findThere,
  leaveApplication,
  leaveDifficulty,
  leaveQuestion,
  leaveRegistration,
  numbersOf,
  putArrival,
  putClaim,
} from './city.sql.ts';
import type { TransferTo } from './permit.ts';
import { putTransfer, type TransferRow } from './transfer.sql.ts';

/** Where the registration goes on. */
export interface Arrived {
  readonly tenant: string;
  readonly registration: string;
  readonly application: string;
}

/** Words of what stays behind with the former city. */
const LEFT = '登记已转到外市，在那里接着办。';

/**
 * Moves a valid, locked registration to another city (M79-1a, decision 3): the same number, day, clocks and class under new ids there, with what the
 * person looks for, recognition of difficulty inside a province, and the parts of one matter. What was done stays with the city that did it and
 * is read from there; courses, referrals, plans and policies of the former city end with it. `tx` reaches both cities.
 */
export async function moveToCity(
  tx: Tx,
  context: Context,
  row: TransferRow,
  to: TransferTo,
  now: Date,
): Promise<Arrived> {
  const { tenant: from, id, person_id: person } = row;
  const { office, place, reason } = to;
  const [tenant, division] = [office.slice(0, 4), office.slice(0, 6)];
  const numbers = await tx.first(numbersOf, from, id);
  if (!numbers) throw new AppError('request.notFound');
  const there = await tx.first(findThere, tenant, person, numbers.application, numbers.registration);
  const registration = there?.registration_id ?? tenantIdFrom(tenant, `moved:${id}`);
  const application = there?.application_id ?? tenantIdFrom(tenant, `moved:${row.application_id}`);
  const by = tx.actor.kind === 'staff' ? tx.actor.id : null;
  const { name } = tx.actor;
  await Promise.all([
    tx.run(putTransfer, from, newTenantId(from, now), id, division, office, place, now, by, name, reason),
    tx.run(carryPerson, from, person, tenant, office, now),
    tx.run(carryApplication, from, row.application_id, tenant, application, division, office, place),
    tx.run(carryRegistration, from, id, tenant, registration, application, division, office, place),
    tx.run(
      putArrival,
      from,
      id,
      tenant,
      newTenantId(tenant, now),
      registration,
      application,
      division,
      office,
      place,
      now,
      by,
      name,
      reason,
    ),
    tx.run(carryWish, from, id, tenant, registration, office),
    tx.run(carryClass, from, id, tenant, registration, office, newTenantId(tenant, now)),
    tx.run(dropClaim, numbers.id_hash, id),
    tx.run(putClaim, numbers.id_hash, tenant, registration),
    tx.run(leaveRegistration, from, id, registration),
    tx.run(leaveApplication, from, row.application_id, office, application),
    tx.run(leaveQuestion, from, id, now, by, name, LEFT),
  ]);
  await recognitionGoes(tx, row, { tenant, registration, application }, office, now);
  await moveMattersToCity(
    tx,
    context,
    { tenant: from, application: row.application_id },
    { tenant, application, division, office, now, left: LEFT },
  );
  return { tenant, registration, application };
}

/** By the table of the province it was recognised under, so it goes along inside that province and ends where another table holds (domain §5.2). */
async function recognitionGoes(tx: Tx, row: TransferRow, to: Arrived, office: string, now: Date): Promise<void> {
  const { tenant: from, id } = row;
  const province = from.slice(0, 2) === to.tenant.slice(0, 2);
  if (province)
    await tx.run(
      carryDifficulty,
      from,
      id,
      to.tenant,
      to.registration,
      office.slice(0, 6),
      office,
      newTenantId(to.tenant, now),
    );
  const why = province ? LEFT : '登记已转到外省，认定按那里的规定重新申请。';
  await tx.run(leaveDifficulty, from, id, businessDate(now), why);
}
