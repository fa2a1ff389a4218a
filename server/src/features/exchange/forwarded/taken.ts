import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { isCounty } from '@yingdeng/rules/application-form.ts';
import { systemActor } from '../../../platform/actor.ts';
import type { LiveCase } from './live.ts';

/** Whoever applied there acts through the platform. */
export const platformActor = { ...systemActor('forwarded'), name: '全国平台' };

/**
 * What became of one delivery. `applied`: a case of its own, whose form may have faults to mend with the worker while the clock
 * runs. `joined`: it belongs to a case or registration that is there already. `faulty`: it names no person or no office.
 */
export interface Taken {
  readonly state: 'applied' | 'joined' | 'faulty';
  readonly applicationId?: string;
  readonly personId?: string;
  readonly faults?: readonly FieldFault[];
  /** An open case that the delivery changes or joins: what differs is put beside its form. */
  readonly beside?: LiveCase;
  /** Answered at once: an earlier valid registration, or a form that needs a person's help. */
  readonly answer?: 'duplicate' | 'handedOver';
}

/** Whether a delivery names another county of a city we serve than its open case lies in. */
export const namesAnotherCounty = (division: string, tenant: string, current: string) =>
  isCounty(division) && division.startsWith(tenant) && division !== current;
