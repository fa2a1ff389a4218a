import { divisionName } from '@yingdeng/contract/divisions.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Answer } from '../../platform/http.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { sealedPerson } from './people.sql.ts';

interface Identity {
  idNumber?: string;
  documentNumber?: string;
}
interface ContactData {
  mobile?: string;
  landline?: string;
  email?: string;
  householdDetail?: string;
  residenceDetail?: string;
}

/**
 * Opens what is masked, for a stated reason. The look is written in the same transaction: no record, no data.
 * @throws AppError request.notFound when the person's file is not in the actor's range.
 */
export async function revealPerson(
  context: Context,
  actor: Actor,
  id: string,
  reason: string,
  now: Date,
): Promise<Answer<'revealPerson'>> {
  const row = await context.db.transaction(actor, async (tx) => {
    const found = await tx.first(sealedPerson, tenantsOf(actor.office), id);
    if (!found) throw new AppError('request.notFound');
    await audit(tx, context.crypto, now, {
      tenant: found.tenant,
      office: found.office,
      action: 'reveal',
      subjectKind: 'person',
      subjectId: id,
      personId: id,
      reason,
      detail: { fields: ['idNumber', 'documentNumber', 'mobile', 'landline', 'email', 'household', 'residence'] },
    });
    return found;
  });
  const identity = context.crypto.open<Identity>(row.identity_sealed);
  const contact = context.crypto.open<ContactData>(row.contact_sealed);
  return {
    idNumber: identity.idNumber ?? '',
    documentNumber: identity.documentNumber ?? '',
    mobile: contact.mobile ?? '',
    landline: contact.landline ?? '',
    email: contact.email ?? '',
    householdText: divisionName(row.household_division) + (contact.householdDetail ?? ''),
    residenceText: divisionName(row.residence_division) + (contact.residenceDetail ?? ''),
  };
}
