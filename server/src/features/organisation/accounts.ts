import { divisionRange, inRange, roleNames } from '@yingdeng/rules/access.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { type AuditEntry, audit } from '../../platform/audit.ts';
import { newId } from '../../platform/crypto.ts';
import { type Tx, violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { hashPassword } from '../access/index.ts';
import { changedMeanwhile } from './changed.ts';
import { newPassword, newSecondFactor } from './credentials.ts';
import {
  type AccountRow,
  accountPage,
  closeAccount,
  endSessions,
  findAccount,
  insertAccount,
  lockAccounts,
  openAdministrators,
  reopenAccount,
  setPassword,
  setSecondFactor,
  unlockAccount,
  updateAccount,
} from './organisation.sql.ts';

type Shown = Answer<'changeAccount'>['account'];
type Act = Call<'actOnAccount'>['body']['act'];
type Secrets = NonNullable<Answer<'createAccount'>['secrets']>;

/**
 * The administrator with the role that alone reaches sessions, so that a change and the end of the sessions are one
 * transaction. The row of the audit names the administrator all the same.
 */
const reachingSessions = (actor: Actor): Actor => ({ ...actor, role: 'system' });

const show = (context: Context, actor: Actor, now: Date, row: AccountRow): Shown => ({
  id: row.id,
  username: row.username,
  displayName: row.display_name,
  role: row.role,
  roleText: roleNames[row.role],
  office: row.office,
  officeName: context.reference.officeName(row.office),
  createdAt: row.created_at.toISOString(),
  ...(row.locked_until && row.locked_until > now ? { lockedUntil: row.locked_until.toISOString() } : {}),
  ...(row.closed_at ? { closedAt: row.closed_at.toISOString() } : {}),
  own: row.id === actor.id,
  version: row.version,
});

/** Accounts of the own range, a page; the cursor is the last row's office and user name. */
export async function listAccounts(
  context: Context,
  { actor, query, now }: Call<'getAccounts'>,
): Promise<Answer<'getAccounts'>> {
  const own = { lo: actor.lo, hi: actor.hi };
  if (query.office && !inRange(query.office, own)) throw outside();
  const { lo, hi } = query.office ? divisionRange(query.office) : own;
  const [afterOffice = '', afterName = ''] = (query.after ?? '').split('|');
  const rows = await context.db.read(actor, (tx) =>
    tx.rows(accountPage, lo, hi, afterOffice, afterName, query.q?.trim() ?? '', query.state ?? null, now, query.limit),
  );
  const last = rows.length === query.limit ? rows.at(-1) : undefined;
  return {
    accounts: rows.map((row) => show(context, actor, now, row)),
    ...(last ? { next: `${last.office}|${last.username}` } : {}),
  };
}

/** Opens an account. The secrets are in the answer to the first request only. */
export async function createAccount(
  context: Context,
  { actor, body, key, now }: Call<'createAccount'>,
): Promise<Answer<'createAccount'>> {
  checkOffice(context, actor, body.office);
  const password = newPassword();
  const { secret, uri } = newSecondFactor(body.username);
  const hash = await hashPassword(password);
  const id = newId(now);
  const request = { route: 'createAccount', key, request: body, now };
  const { result, repeated } = await once(context.db, actor, request, async (tx) => {
    await tx
      .run(
        insertAccount,
        id,
        body.username,
        body.displayName,
        body.role,
        body.office,
        hash,
        context.crypto.seal(secret),
        now,
      )
      .catch((error: unknown) => {
        if (violates(error, 'account_username'))
          refuseFaulty([{ field: 'username', message: '用户名：已经有人用了。' }]);
        throw error;
      });
    const { username, displayName, role, office } = body;
    await audit(tx, context.crypto, now, entry({ id, office }, 'account.create', '', { username, displayName, role }));
    return { id };
  });
  const account = await read(context, actor, now, result.id);
  if (repeated) return { account };
  return { account, secrets: { password, secondFactor: secret, secondFactorUri: uri } };
}

/** What the page of an account shows and sends, with the words of its codes. */
const standing = (context: Context, row: AccountRow) => ({
  displayName: row.display_name,
  role: row.role,
  roleText: roleNames[row.role],
  office: row.office,
  officeText: context.reference.officeName(row.office),
  open: row.closed_at === null,
});

/** Changes name, role or office; nobody changes the own role or office. Refused when somebody else was first. */
export async function changeAccount(
  context: Context,
  { actor, params, body, now }: Call<'changeAccount'>,
): Promise<Answer<'changeAccount'>> {
  await context.db.transaction(reachingSessions(actor), async (tx) => {
    const row = await managed(tx, actor, params.id);
    const { version, ...facts } = body;
    if (row.version !== version) throw changedMeanwhile('这个账号', row, standing(context, row));
    const moved = row.role !== body.role || row.office !== body.office;
    if (row.office !== body.office) checkOffice(context, actor, body.office);
    if (moved && row.id === actor.id) throw notAllowed('不能改自己的角色和机构，请由另一位系统管理员办理。');
    if (moved) await keepAdministrator(tx, row);
    await tx.run(updateAccount, row.id, body.displayName, body.role, body.office, now, actor.name);
    if (moved) await tx.run(endSessions, row.id);
    const before = { displayName: row.display_name, role: row.role, office: row.office };
    // Both offices may see it; the row is written where the account was.
    await audit({ ...tx, actor }, context.crypto, now, entry(row, 'account.change', '', { before, after: facts }));
  });
  return { account: await read(context, actor, now, params.id) };
}

/** What each act does to the row, which acts nobody does to the own account, and when there is nothing to do. */
const acts: Readonly<
  Record<
    Act,
    {
      /** Why nobody does it to the own account. */
      readonly ownNot?: string;
      /** Needs the account open or closed; the words of the refusal. */
      readonly needs?: readonly ['open' | 'closed', string];
      readonly endsSessions?: true;
      readonly secrets?: (row: AccountRow) => Secrets;
    }
  >
> = {
  close: {
    ownNot: '不能停用自己的账号。',
    needs: ['open', '账号已经停用。'],
    endsSessions: true,
  },
  reopen: { needs: ['closed', '账号没有停用。'] },
  unlock: { needs: ['open', '账号已经停用，请先恢复。'] },
  resetPassword: {
    needs: ['open', '账号已经停用，请先恢复。'],
    endsSessions: true,
    secrets: () => ({ password: newPassword() }),
  },
  resetSecondFactor: {
    // Whoever finds an open session must not be able to make it the own one for ever.
    ownNot: '不能重设自己的动态码，请由另一位系统管理员办理。',
    needs: ['open', '账号已经停用，请先恢复。'],
    endsSessions: true,
    secrets: ({ username }) => {
      const { secret, uri } = newSecondFactor(username);
      return { secondFactor: secret, secondFactorUri: uri };
    },
  },
};

/** Closes, reopens, unlocks, or gives new credentials; those are in this answer and nowhere else. */
export async function actOnAccount(
  context: Context,
  { actor, params, body, now }: Call<'actOnAccount'>,
): Promise<Answer<'actOnAccount'>> {
  const act = acts[body.act];
  const secrets = await context.db.transaction(reachingSessions(actor), async (tx) => {
    const row = await managed(tx, actor, params.id);
    if (act.ownNot && row.id === actor.id) throw notAllowed(act.ownNot);
    if (act.needs && (row.closed_at === null) !== (act.needs[0] === 'open')) throw notAllowed(act.needs[1]);
    if (body.act === 'close') await keepAdministrator(tx, row);
    if (body.act === 'reopen') checkOffice(context, actor, row.office);
    const made = act.secrets?.(row);
    await write(context, tx, now, { row, act: body.act, by: actor.name }, made);
    if (act.endsSessions) await tx.run(endSessions, row.id);
    await audit({ ...tx, actor }, context.crypto, now, entry(row, `account.${body.act}`, body.reason, {}));
    return made;
  });
  return { account: await read(context, actor, now, params.id), ...(secrets ? { secrets } : {}) };
}

async function write(
  context: Context,
  tx: Tx,
  now: Date,
  { row: { id }, act, by }: { row: AccountRow; act: Act; by: string },
  made: Secrets | undefined,
): Promise<void> {
  if (act === 'close') await tx.run(closeAccount, id, now, by);
  if (act === 'reopen') await tx.run(reopenAccount, id, now, by);
  if (act === 'unlock') await tx.run(unlockAccount, id);
  if (made?.password) await tx.run(setPassword, id, await hashPassword(made.password));
  if (made?.secondFactor) await tx.run(setSecondFactor, id, context.crypto.seal(made.secondFactor));
}

const notAllowed = (why: string) => new AppError('admin.notAllowed', { why });
const outside = () => new AppError('access.denied', { why: '这个机构不在您的管辖范围内。' });

/** The account, when it is of the own range; one outside does not exist for the asker. */
async function managed(tx: Tx, actor: Actor, id: string): Promise<AccountRow> {
  await tx.rows(lockAccounts);
  const row = await tx.first(findAccount, id);
  if (!row || !inRange(row.office, actor)) throw new AppError('request.notFound');
  return row;
}

/** An account belongs to an open office of the administrator's range. */
function checkOffice(context: Context, actor: Actor, code: string): void {
  if (!inRange(code, actor)) throw outside();
  const office = context.reference.office(code);
  if (!office?.open) refuseFaulty([{ field: 'office', message: office ? '机构：已经停用。' : '机构：没有这个机构。' }]);
}

/** An office must keep an open administrator of its own or of an office above it, or nobody could ever mend anything there. */
async function keepAdministrator(tx: Tx, leaving: AccountRow): Promise<void> {
  if (leaving.role !== 'administrator' || leaving.closed_at) return;
  const others = (await tx.rows(openAdministrators)).filter(({ id }) => id !== leaving.id);
  if (!others.some(({ office }) => inRange(leaving.office, divisionRange(office)))) {
    throw notAllowed('这是该机构范围内最后一位系统管理员，请先开通另一位。');
  }
}

async function read(context: Context, actor: Actor, now: Date, id: string): Promise<Shown> {
  const row = await context.db.read(actor, (tx) => tx.first(findAccount, id));
  if (!row) throw new AppError('request.notFound');
  return show(context, actor, now, row);
}

function entry(
  account: { id: string; office: string },
  action: string,
  reason: string,
  detail: Readonly<Record<string, unknown>>,
): AuditEntry {
  const { id, office } = account;
  return { tenant: office.slice(0, 4), office, action, subjectKind: 'account', subjectId: id, reason, detail };
}
