import { tenantIdFrom } from '../../../platform/crypto.ts';
import type { Tx } from '../../../platform/database.ts';
import { putAnswer } from './decisions.sql.ts';

/** What is answered under a number of the platform. */
export interface PlatformAnswer {
  readonly tenant: string;
  readonly office: string;
  readonly platformNumber: string;
  readonly outcome: string;
  readonly decidedAt: Date;
  /** Tells apart two answers under one number. */
  readonly occasion: string;
  /** Words for the applicant instead of the standard ones. */
  readonly reason?: string;
}

/** Puts an answer under a number of the platform on its way, once. */
export async function answerPlatform(tx: Tx, answer: PlatformAnswer): Promise<void> {
  const { tenant, platformNumber, outcome, occasion, reason } = answer;
  const id = tenantIdFrom(tenant, `answer:${platformNumber}:${outcome}:${occasion}`);
  const mended = reason === undefined ? null : JSON.stringify({ reason });
  await tx.run(putAnswer, tenant, id, answer.office, platformNumber, outcome, answer.decidedAt, mended);
}
