import type { Context } from '../../../context.ts';
import { type Actor, systemActor } from '../../../platform/actor.ts';
import { sm3, tenantOfId } from '../../../platform/crypto.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Answer } from '../../../platform/http.ts';
import { dayAndTime } from '../../../platform/words.ts';
import { attemptsOf } from '../days.sql.ts';
import { attemptsKey, type DecisionItem } from '../decisions/send.ts';
import { outcomeText, uploadOf } from '../decisions/uploads.ts';
import { type Proof, proofOf } from './batch.ts';
import { contentOfDecision, decisionById } from './case.sql.ts';

type Evidence = Answer<'getExchangeDecision'>;

const system = systemActor('exchange-evidence');

/** The evidence of one result of review within the actor's range (M79-7a). @throws AppError exchange.notFound */
export async function readDecision(context: Context, actor: Actor, id: string): Promise<Evidence> {
  const tenant = tenantOfId(id);
  const row = await context.db.read(actor, (tx) => tx.first(decisionById, tenant, id));
  if (!row) throw new AppError('exchange.notFound');
  const [kept, attempts] = await context.db.read(system, (tx) =>
    Promise.all([tx.first(contentOfDecision, tenant, id), tx.rows(attemptsOf, tenant, attemptsKey(id))]),
  );
  return {
    upload: uploadOf(context, row),
    fields: kept?.content_sealed ? fieldsOf(context, kept.content_sealed) : [],
    attempts: attempts.map(({ at, outcome, detail }) => ({
      at: at.toISOString(),
      outcome,
      text: attemptText(outcome, detail),
    })),
  };
}

/** Recomputes the digest of the result as it was last sent. @throws AppError exchange.notFound also when it never was */
export async function checkDecision(context: Context, actor: Actor, id: string): Promise<Proof> {
  const tenant = tenantOfId(id);
  const row = await context.db.read(actor, (tx) => tx.first(decisionById, tenant, id));
  if (!row?.digest) throw new AppError('exchange.notFound');
  const kept = await context.db.read(system, (tx) => tx.first(contentOfDecision, tenant, id));
  return proofOf(context, row.digest, () =>
    kept?.content_sealed ? sm3(context.crypto.open<string>(kept.content_sealed)) : undefined,
  );
}

const names: Readonly<Record<keyof DecisionItem, string>> = {
  applicationNumber: '平台编号',
  AAB301: '行政区划代码',
  serial: '受理编号',
  outcome: '审核结果',
  decidedAt: '办结时间',
  registrationNumber: '失业登记编号',
  reason: '给申请人的说明',
};

/** Nothing when the seal is broken: the check says so. */
function fieldsOf(context: Context, sealed: Buffer): Evidence['fields'] {
  let item: DecisionItem;
  try {
    item = JSON.parse(context.crypto.open<string>(sealed)) as DecisionItem;
  } catch (error) {
    context.log.error({ error: (error as Error).message }, 'kept evidence cannot be opened');
    return [];
  }
  return (Object.keys(names) as (keyof DecisionItem)[]).flatMap((field) => {
    const value = item[field];
    return value === undefined ? [] : [{ field, name: names[field], value: said(field, value), masked: false }];
  });
}

function said(field: keyof DecisionItem, value: string): string {
  if (field === 'outcome') return `${value} ${outcomeText(value)}`;
  return field === 'decidedAt' ? dayAndTime(new Date(value)) : value;
}

const attemptWords: Readonly<Record<string, string>> = {
  accepted: '平台已接收',
  returned: '平台退回',
  silent: '没有应答',
};

function attemptText(outcome: string, detail: Readonly<Record<string, unknown>>): string {
  const receipt = typeof detail.receipt === 'string' ? `，回执${detail.receipt}` : '';
  const faults = Array.isArray(detail.faults) ? (detail.faults as { message?: unknown }[]) : [];
  const why = faults.map(({ message }) => (typeof message === 'string' ? message : '')).filter(Boolean);
  return `${attemptWords[outcome] ?? outcome}${receipt}${why.length > 0 ? `：${why.join('；')}` : ''}`;
}
