import { parseIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import type { Session } from '../data/session.ts';
import type { Draft } from './draft.ts';

/** What the sign-in and the identity number already answer. */
export function startOf(profile: NonNullable<Session['profile']>): Draft {
  const number = parseIdentityNumber(profile.idNumber);
  const sex = number.sex ?? (profile.sex === '1' || profile.sex === '2' ? profile.sex : undefined);
  const mainland = number.kind === 'resident18' || number.kind === 'resident15';
  return {
    name: profile.name,
    idNumber: profile.idNumber,
    ...(sex ? { sex } : {}),
    ...(mainland ? { documentType: '01', documentNumber: profile.idNumber } : {}),
    ...(profile.mobile ? { mobile: profile.mobile } : {}),
  };
}
