import { maskIdentityNumber } from '@yingdeng/rules/identity-number.ts';
import { registrationStatusText } from '@yingdeng/rules/registration.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import type { Tx } from '../../platform/database.ts';
import type { Answer } from '../../platform/http.ts';
import { personKey } from '../../platform/identity.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { applicationText } from '../casefile/index.ts';
import { byIdentity, byInitials, byMobile, byName, byNumber, byPinyin, byTail, type FoundRow } from './people.sql.ts';
import { afterPrefix, type Question, understand } from './question.ts';

type Found = Answer<'searchPeople'>['people'];

/** Finds people of the actor's cities and range. That somebody searched, and how, is recorded; what was typed is not. */
export async function searchPeople(
  context: Context,
  actor: Actor,
  query: { q: string; limit: number },
  now: Date,
): Promise<{ people: Found }> {
  const question = understand(query.q);
  if (!question) return { people: [] };
  const rows = await context.db.transaction(actor, async (tx) => {
    const found = await find(context, tx, question, query.limit);
    await audit(tx, context.crypto, now, {
      tenant: actor.office.slice(0, 4),
      office: actor.office,
      action: 'person.search',
      subjectKind: 'search',
      subjectId: '',
      detail: { by: question.by, found: found.length },
    });
    return found;
  });
  return { people: rows.map((row) => personOf(context, row)) };
}

async function find(context: Context, tx: Tx, question: Question, limit: number): Promise<FoundRow[]> {
  const tenants = tenantsOf(tx.actor.office);
  const { crypto } = context;
  switch (question.by) {
    case 'name':
      return tx.rows(byName, tenants, limit, question.prefix, afterPrefix(question.prefix));
    case 'letters': {
      const hi = afterPrefix(question.prefix);
      const both = await Promise.all([
        tx.rows(byInitials, tenants, limit, question.prefix, hi),
        tx.rows(byPinyin, tenants, limit, question.prefix, hi),
      ]);
      // Whoever is found by both is shown once.
      return [...new Map(both.flat().map((row) => [row.tenant + row.id, row])).values()].slice(0, limit);
    }
    case 'tail':
      return tx.rows(byTail, tenants, limit, question.value);
    case 'identity':
      return tx.rows(byIdentity, tenants, limit, personKey(crypto, question.value).hash);
    case 'mobile':
      return tx.rows(byMobile, tenants, limit, crypto.lookupHash('mobile', question.value));
    case 'number':
      return tx.rows(byNumber, tenants, limit, question.value);
  }
}

function personOf(context: Context, row: FoundRow): Found[number] {
  const { idNumber = '' } = context.crypto.open<{ idNumber?: string }>(row.identity_sealed);
  return {
    id: row.id,
    name: row.name,
    sex: row.sex,
    ...(row.birth_date ? { birthDate: row.birth_date } : {}),
    idMasked: maskIdentityNumber(idNumber),
    officeName: context.reference.officeName(row.office),
    ...(row.application_id ? { applicationId: row.application_id } : {}),
    statusText: statusText(row),
  };
}

function statusText(row: FoundRow): string {
  if (row.moved) return '已转到外市';
  if (row.registration_status) return registrationStatusText[row.registration_status];
  return row.application_status ? `申请${applicationText(row.application_status)}` : '没有失业登记';
}
