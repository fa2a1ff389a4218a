import { plainCaseNumber } from '@yingdeng/rules/numbers.ts';
import type { Context } from '../../context.ts';
import { systemActor } from '../../platform/actor.ts';
import { sameBytes } from '../../platform/crypto.ts';
import type { Answer } from '../../platform/http.ts';
import { limitAttempts } from '../../platform/limits.ts';
import { allTenants } from '../../platform/tenants.ts';
import { findCertificate } from './public.sql.ts';

const bySource = { name: 'certificate-source', times: 60, minutes: 10 };
const byNumber = { name: 'certificate-number', times: 10, minutes: 10 };

/** A name for somebody who only checks a paper: 王*明, 王*; a name of one character is hidden. */
export function maskName(name: string): string {
  const characters = [...name];
  if (characters.length < 2) return '*';
  if (characters.length === 2) return `${characters[0]}*`;
  return `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`;
}

/** Whether the paper with this number and check code is genuine, and whether the registration still stands. @throws AppError request.tooMany */
export async function verifyCertificate(
  context: Context,
  source: string,
  asked: { number: string; checkCode: string },
  now: Date,
): Promise<Answer<'verifyCertificate'>> {
  const number = plainCaseNumber(asked.number);
  await limitAttempts(context, now, bySource, [source]);
  await limitAttempts(context, now, byNumber, [number]);
  const row = await context.db.read(systemActor('certificate'), (tx) =>
    tx.first(findCertificate, allTenants(), number),
  );
  const code = Buffer.from(asked.checkCode.normalize('NFKC').trim().toUpperCase());
  if (!row || !sameBytes(code, Buffer.from(row.check_code.toUpperCase()))) return { genuine: false, valid: false };
  return {
    genuine: true,
    valid: row.status !== 'exited',
    name: maskName(row.name),
    registeredOn: row.registered_on,
    officeName: context.reference.officeName(row.office),
  };
}
