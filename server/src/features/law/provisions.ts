import { divisionExists } from '@yingdeng/contract/divisions.ts';
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { inRange } from '@yingdeng/rules/access.ts';
import { isPlainDate } from '@yingdeng/rules/calendar.ts';
import { checkValue, isParameter } from '@yingdeng/rules/provisions/check-value.ts';
import { contradiction, effectsOf } from '@yingdeng/rules/provisions/effect.ts';
import type { Level, Provision } from '@yingdeng/rules/provisions/provision.ts';
import { shippedProvisions } from '@yingdeng/rules/provisions/shipped.ts';
import type { Context } from '../../context.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { newId } from '../../platform/crypto.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { provisionOf } from '../../platform/reference.ts';
import { addProvision as insertProvision, provisionsAt } from './law.sql.ts';

const shippedIds = new Set(shippedProvisions.map(({ id }) => id));

/** The digits of a division code that say something, which is how a provision names its place: 410800 → 4108, 000000 → ''. */
const prefixOf = (division: string) => division.replace(/(00)+$/, '');

/** The authority that sets rules for a place of this many digits. */
const levelOf: Readonly<Record<number, Level>> = { 0: 'national', 2: 'province', 4: 'city', 6: 'county' };

/** Every provision of a place, of those above and those below it. */
export async function listProvisions(
  context: Context,
  { actor, query }: Call<'getProvisions'>,
): Promise<Answer<'getProvisions'>> {
  const rows = await context.db.read(actor, (tx) => tx.rows(provisionsAt, prefixOf(query.division)));
  return {
    provisions: rows.map((row) => ({
      ...provisionOf(row),
      shipped: shippedIds.has(row.id),
      addedAt: row.added_at.toISOString(),
      addedBy: row.added_by_name ?? '',
    })),
  };
}

/**
 * Adds a provision. It never begins in the past, and none is ever edited: what changes again is a later provision. Cases
 * keep the provisions of their day (M79-16); the answer says what becomes of the law of the place.
 */
export async function addProvision(
  context: Context,
  { actor, body, key, now }: Call<'addProvision'>,
): Promise<Answer<'addProvision'>> {
  if (!inRange(body.division, actor))
    throw new AppError('access.denied', { why: '只能为本辖区及以下的地区增加规定。' });
  const request = { route: 'addProvision', key, request: body, now };
  const { result } = await once(context.db, actor, request, async (tx) => {
    refuseFaulty(faultsOf(body, businessDate(now)));
    const id = newId(now);
    const { parameter, value, document, documentTitle, clause, from, to, note } = body;
    const division = prefixOf(body.division);
    const level = levelOf[division.length] ?? 'county';
    // A clause that is not of the shipped documents is its own id: pages show it as it is.
    const clauseId = `${document} ${clause}`;
    const added = {
      id,
      parameter,
      value,
      division,
      level,
      document,
      documentTitle,
      clause,
      clauseId,
      from,
    } as Provision;
    const clash = contradiction(added, context.reference.provisions);
    if (clash) refuseFaulty([{ field: 'from', message: clash }]);
    await tx.run(
      insertProvision,
      id,
      parameter,
      JSON.stringify(value),
      division,
      level,
      document,
      documentTitle,
      clause,
      clauseId,
      from,
      to ?? null,
      note,
      now,
      actor.id,
    );
    await audit(tx, context.crypto, now, {
      tenant: body.division.slice(0, 4),
      office: body.division,
      action: 'provision.add',
      subjectKind: 'provision',
      subjectId: id,
      reason: `${document} ${clause}`,
      detail: { parameter, value, division, from, to: to ?? null },
    });
    return { id };
  });
  const before = context.reference.provisions.filter(({ id }) => id !== result.id);
  await context.reference.refresh(context.db);
  const added = context.reference.provisions.find(({ id }) => id === result.id) as Provision;
  const call = { actor, query: { division: body.division } } as Call<'getProvisions'>;
  const { provisions } = await listProvisions(context, call);
  const provision = provisions.find(({ id }) => id === result.id);
  if (!provision) throw new AppError('server.failed');
  const effects = effectsOf(added, before);
  return { provision, effects: effects.map((effect) => ({ ...effect, reasons: [...effect.reasons] })) };
}

function faultsOf(body: Call<'addProvision'>['body'], today: string): FieldFault[] {
  const { parameter, value, division, from, to } = body;
  const fault = (field: string, message: string) => ({ field, message });
  const faults: FieldFault[] = [];
  if (!isParameter(parameter)) faults.push(fault('parameter', '事项：没有这个事项。'));
  else faults.push(...checkValue(parameter, value).map((message) => fault('value', message)));
  if (division !== '000000' && !divisionExists(division)) faults.push(fault('division', '地区：没有这个区划代码。'));
  if (!isPlainDate(from)) faults.push(fault('from', '施行日期：不是有效日期。'));
  else if (from < today) faults.push(fault('from', `施行日期：不能早于今天（${today}）。过去的规定不能改。`));
  if (to !== undefined && (!isPlainDate(to) || to < from)) faults.push(fault('to', '失效日期：不能早于施行日期。'));
  return faults;
}
