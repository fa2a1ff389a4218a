import { codeText } from '@yingdeng/contract/code-tables.ts';
import { mendAdvice } from '@yingdeng/rules/exchange/mending.ts';
import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import type { Answer } from '../../../platform/http.ts';
import { tenantsOf } from '../places.ts';
import { countToMend, recordsToMend, type ToMendRow } from './mending.sql.ts';

type Item = Answer<'getRecordsToMend'>['items'][number];

/** What the offices of the range have to mend, newest day first, and how many there are. */
export async function readToMend(
  context: Context,
  actor: Actor,
  page: { after?: string; limit: number },
): Promise<Answer<'getRecordsToMend'>> {
  const tenants = tenantsOf(context, actor);
  const [date, id] = readCursor(page.after);
  const [rows, counted] = await context.db.read(actor, (tx) =>
    Promise.all([tx.rows(recordsToMend, tenants, date, id, page.limit), tx.first(countToMend, tenants)]),
  );
  const last = rows.length >= page.limit ? rows.at(-1) : undefined;
  return {
    items: rows.map((row) => itemOf(context, row)),
    next: last && Buffer.from(`${last.business_date}|${last.exit_id}`).toString('base64url'),
    count: counted?.count ?? 0,
  };
}

function itemOf(context: Context, row: ToMendRow): Item {
  const why = whyNotHere(row);
  return {
    exitId: row.exit_id,
    applicationId: row.application_id,
    serial: row.serial,
    name: row.name ?? '',
    officeName: context.reference.officeName(row.office),
    reasonText: codeText('exitReason', row.reason) ?? row.reason,
    date: row.business_date,
    state: row.state,
    since: row.since.toISOString(),
    faults: row.faults.map(({ check, field, message }) => {
      const { field: mendField, text } = mendAdvice(check, field);
      return { check, field, message, mend: text, ...(mendField ? { mendField } : {}) };
    }),
    values: {
      name: row.name ?? '',
      sex: row.sex ?? '',
      documentType: row.document_type ?? '',
      exitOn: row.exit_on,
      handler: row.handler ?? '',
      remark: row.remark,
    },
    ...(why ? { why } : {}),
  };
}

/** Why a record cannot be mended at this place, or nothing. */
export function whyNotHere(row: ToMendRow): string | undefined {
  if (row.exit_status !== 'confirmed') return '登记已恢复，这条退出不用上传。';
  if (row.identity_sealed === null) return '这个人的档案现由其他机构管理，请由该机构更正。';
  return undefined;
}

function readCursor(text: string | undefined): [date: string, id: string] {
  const [date, id] = Buffer.from(text ?? '', 'base64url')
    .toString()
    .split('|');
  if (date && /^\d{4}-\d{2}-\d{2}$/.test(date) && id && /^[0-9a-f-]{36}$/.test(id)) return [date, id];
  return ['9999-12-31', 'ffffffff-ffff-ffff-ffff-ffffffffffff'];
}
