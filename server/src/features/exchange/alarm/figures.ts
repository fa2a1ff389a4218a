import { alarmKinds } from '@yingdeng/rules/exchange/alarms.ts';
import type { Context } from '../../../context.ts';
import { systemActor } from '../../../platform/actor.ts';
import type { Measured } from '../../../platform/metrics.ts';
import { tenantsOf } from '../places.ts';
import { recordsByAge } from './alarm.sql.ts';
import { readAlarms } from './alarms.ts';

const actor = systemActor('figures');
const ages = ['0d', '1d', '2d', '3d+'] as const;
const states = ['waiting', 'sent', 'blocked', 'returned'] as const;

/** Exits on their way or in trouble, by state and age in whole days: every pair, so that a series does not come and go. */
export async function exitFigures(context: Context): Promise<Measured[]> {
  const rows = await context.db.read(actor, (tx) => tx.rows(recordsByAge, tenantsOf(context), context.clock.now()));
  return states.flatMap((state) =>
    ages.map((age, days) => ({
      labels: { state, age },
      value: rows
        .filter((row) => row.state === state && row.age === days)
        .reduce((sum, row) => sum + Number(row.count), 0),
    })),
  );
}

/** The alarms of the exchange officer over the whole system: how much of each kind. */
export async function alarmFigures(context: Context): Promise<Measured[]> {
  const alarms = await readAlarms(context, actor);
  return alarmKinds.map((kind) => ({
    labels: { kind },
    value: alarms.filter((alarm) => alarm.kind === kind).reduce((sum, { count }) => sum + count, 0),
  }));
}
