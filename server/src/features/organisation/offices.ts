import { divisionExists } from '@yingdeng/contract/divisions.ts';
import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { divisionRange, inRange } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import type { OfficeRow } from '../../platform/reference.sql.ts';
import { changedMeanwhile } from './changed.ts';
import { casesAt, countAccounts, insertOffice, lockOffice, updateOffice } from './organisation.sql.ts';

type Shown = Answer<'addOffice'>['office'];

const MOST_FOUND = 100;

/** The code one level up: community → street → county → city → province → nation. Empty above the nation. */
function above(code: string): string {
  if (code === '000000') return '';
  if (code.length > 6) return code.slice(0, -3);
  if (code.endsWith('0000')) return '000000';
  return code.endsWith('00') ? `${code.slice(0, 2)}0000` : `${code.slice(0, 4)}00`;
}

/** What an office of this code is, by its length and its zeros. */
function kindOf(code: string): 'nation' | 'province' | 'city' | 'county' | 'street' | 'community' {
  if (code.length === 12) return 'community';
  if (code.length === 9) return 'street';
  if (code === '000000') return 'nation';
  return code.endsWith('0000') ? 'province' : code.endsWith('00') ? 'city' : 'county';
}

/** The nearest office that is kept above a code: some places have no office of every level. */
function officeAbove(context: Context, code: string): OfficeRow | undefined {
  for (let up = above(code); up !== ''; up = above(up)) {
    const office = context.reference.office(up);
    if (office) return office;
  }
  return undefined;
}

/** One office, those above it within the own range, and those directly below; or what a text finds in the range. */
export async function listOffices(
  context: Context,
  { actor, query }: Call<'getOffices'>,
): Promise<Answer<'getOffices'>> {
  const top = query.under ?? actor.office;
  if (!inRange(top, actor)) throw outside();
  const here = context.reference.office(top);
  if (!here) throw new AppError('request.notFound');
  const path: OfficeRow[] = [];
  for (let at: OfficeRow | undefined = here; at && inRange(at.code, actor); at = officeAbove(context, at.code))
    path.unshift(at);
  const range = divisionRange(here.code);
  const under = context.reference.officesUnder('').filter(({ code }) => inRange(code, range) && code !== here.code);
  const q = query.q?.trim() ?? '';
  const found = q
    ? under.filter(({ name, code }) => name.includes(q) || code.startsWith(q))
    : under.filter(({ code }) => officeAbove(context, code)?.code === here.code);
  const offices = q ? found.slice(0, MOST_FOUND) : found;
  const accounts = await accountsOf(context, actor, [...path, ...offices]);
  // How many lie below each of those shown: every office counts for the ones above it.
  const below = new Map<string, number>();
  for (const { code } of under)
    for (let up = above(code); up !== ''; up = above(up)) below.set(up, (below.get(up) ?? 0) + 1);
  const show = (row: OfficeRow) => shown(row, accounts.get(row.code) ?? 0, below.get(row.code) ?? 0);
  return { path: path.map(show), offices: offices.map(show), more: offices.length < found.length };
}

/** Adds an office below one of the own range; its code says what it is and where. */
export async function addOffice(
  context: Context,
  { actor, body, key, now }: Call<'addOffice'>,
): Promise<Answer<'addOffice'>> {
  const { code, name, address, telephone, business, responsiblePerson, town = true } = body;
  if (!inRange(code, actor)) throw outside();
  await once(context.db, actor, { route: 'addOffice', key, request: body, now }, async (tx) => {
    refuseFaulty(codeFaults(context, code));
    await tx
      .run(insertOffice, code, kindOf(code), name, address, telephone, business, responsiblePerson, town)
      .catch((error: unknown) => {
        if (violates(error, 'office_pkey')) refuseFaulty([taken]);
        throw error;
      });
    await audit(tx, context.crypto, now, {
      ...subject(code),
      action: 'organisation.add',
      detail: { name, address, telephone, business, responsiblePerson, town },
    });
    return { code };
  });
  await context.reference.refresh(context.db);
  return { office: await read(context, actor, code) };
}

const taken: FieldFault = { field: 'code', message: '机构代码：已经有这个机构了。' };

/** What is wrong with the code of a new office; the office above it must be kept and open. */
function codeFaults(context: Context, code: string): FieldFault[] {
  const fault = (message: string): FieldFault[] => [{ field: 'code', message: `机构代码：${message}` }];
  if (context.reference.office(code)) return [taken];
  if (code.length === 6) return divisionExists(code) ? [] : fault('行政区划里没有这个代码。');
  if (code.endsWith('000')) return fault('末三位不能是000。');
  const parent = context.reference.office(above(code));
  const what = code.length === 9 ? '县（市、区）' : '街道（乡镇）';
  if (!parent) return fault(`上级${what}机构（${above(code)}）还没有设立。`);
  return parent.open ? [] : fault(`上级机构${parent.name}已经停用。`);
}

/** Changes what is published of an office, opens or closes it. Refused when somebody else was first. */
export async function changeOffice(
  context: Context,
  { actor, params, body, now }: Call<'changeOffice'>,
): Promise<Answer<'changeOffice'>> {
  if (!inRange(params.code, actor)) throw new AppError('request.notFound');
  const { version, ...facts } = body;
  const { name, address, telephone, business, responsiblePerson, open } = facts;
  await context.db.transaction(actor, async (tx) => {
    const before = await tx.first(lockOffice, params.code);
    if (!before) throw new AppError('request.notFound');
    if (before.version !== version) throw changedMeanwhile('这个机构', before, factsOf(before));
    if (before.open && !open) {
      const [accounts] = await tx.rows(countAccounts, [before.code]);
      const cases = await tx.first(casesAt, before.code.slice(0, 4), before.code);
      const why = whyOpen(context, before, accounts?.count ?? 0, cases?.cases ?? false);
      if (why) throw new AppError('admin.notAllowed', { why });
    }
    if (!before.open && open && officeAbove(context, before.code)?.open === false)
      throw new AppError('admin.notAllowed', { why: '上级机构已经停用，请先启用上级机构。' });
    await tx.run(
      updateOffice,
      before.code,
      name,
      address,
      telephone,
      business,
      responsiblePerson,
      open,
      now,
      actor.name,
      facts.town ?? before.town,
    );
    await audit(tx, context.crypto, now, {
      ...subject(before.code),
      action: before.open === open ? 'organisation.change' : open ? 'organisation.open' : 'organisation.close',
      detail: { before: factsOf(before), after: facts },
    });
  });
  await context.reference.refresh(context.db);
  return { office: await read(context, actor, params.code) };
}

/** What the page of an office shows and sends. */
function factsOf({ name, address, telephone, business, responsible_person, town, open }: OfficeRow) {
  return { name, address, telephone, business, responsiblePerson: responsible_person, town, open };
}

/** Why an office cannot be closed yet, in words; undefined when it can. */
function whyOpen(context: Context, office: OfficeRow, accounts: number, cases: boolean): string | undefined {
  // Applications of a county arrive at the county's own office, whatever else is closed.
  if (office.code.length === 6) return '县级以上机构接收本地申请，不能停用。';
  if (context.reference.officesUnder(office.code).some(({ code, open }) => open && code !== office.code))
    return '下面还有启用的机构，请先停用它们。';
  if (accounts > 0) return `还有${accounts}个启用的账号，请先停用或调到其他机构。`;
  return cases ? '还有未办结的申请或有效的登记，请先转到其他机构。' : undefined;
}

const outside = () => new AppError('access.denied', { why: '这个机构不在您的管辖范围内。' });
const subject = (code: string) => ({ tenant: code.slice(0, 4), office: code, subjectKind: 'office', subjectId: code });

async function accountsOf(
  context: Context,
  actor: Actor,
  offices: readonly OfficeRow[],
): Promise<ReadonlyMap<string, number>> {
  const codes = offices.map(({ code }) => code);
  const rows = await context.db.read(actor, (tx) => tx.rows(countAccounts, codes));
  return new Map(rows.map(({ office, count }) => [office, count]));
}

async function read(context: Context, actor: Actor, code: string): Promise<Shown> {
  const row = context.reference.office(code);
  if (!row) throw new AppError('request.notFound');
  const accounts = await accountsOf(context, actor, [row]);
  const range = divisionRange(code);
  const below = context.reference.officesUnder('').filter((one) => inRange(one.code, range) && one.code !== code);
  return shown(row, accounts.get(code) ?? 0, below.length);
}

function shown({ responsible_person, ...row }: OfficeRow, accounts: number, below: number): Shown {
  return { ...row, responsiblePerson: responsible_person, accounts, below };
}
