import { addDays, type PlainDate } from '@yingdeng/rules/calendar.ts';
import type { Context } from '../../context.ts';
import { NO_TENANT } from '../../platform/audit.ts';
import type { Handlers } from '../../platform/http.ts';
import { nextTimeCursor, readTimeCursor } from '../../platform/keyset.ts';
import { tenantsOf } from '../../platform/tenants.ts';
import { listRange } from '../worklist/index.ts';
import { shownAction, writtenActions } from './audit-actions.ts';
import { readFigures } from './figures.ts';
import { readDaysTaken, readMissed } from './missed.ts';
import { type AuditRow, auditPage, eventPage } from './supervision.sql.ts';

/** What supervision must hear of (M79-14), and who did and saw what; the range is that of the row-level policies. */
export function supervisionHandlers(context: Context): Handlers {
  return {
    getSupervisionFigures: ({ actor, now }) => readFigures(context, actor, now),
    getMissedDays: ({ actor, query, now }) => readMissed(context, actor, query, now),
    getDaysTaken: ({ actor, query, now }) => readDaysTaken(context, actor, query, now),
    getSupervisionEvents: async ({ actor, query }) => {
      const { at, id } = readTimeCursor(query.after);
      const { lo, hi } = listRange(actor, query.office, 'supervision.read');
      const since = query.since ? startOf(query.since) : null;
      const rows = await context.db.read(actor, (tx) =>
        tx.rows(
          eventPage,
          tenantsOf(actor.office),
          at,
          id,
          query.limit,
          query.kind ?? null,
          lo,
          hi,
          query.person ?? null,
          since,
        ),
      );
      return {
        events: rows.map((row) => ({
          id: row.id,
          at: row.at.toISOString(),
          kind: row.kind,
          text: typeof row.detail.text === 'string' ? row.detail.text : '',
          officeName: context.reference.officeName(row.office),
          who: row.actor_name,
          ...(row.application_id ? { applicationId: row.application_id } : {}),
        })),
        next: nextTimeCursor(rows, query.limit),
      };
    },
    getAudit: async ({ actor, query }) => {
      const { at, id } = readTimeCursor(query.after);
      // Acts of a province's or the nation's own office belong to no city.
      const tenants = [...new Set([NO_TENANT, actor.office.slice(0, 4), ...tenantsOf(actor.office)])];
      const rows = await context.db.read(actor, (tx) =>
        tx.rows(
          auditPage,
          tenants,
          at,
          id,
          query.limit,
          query.action ? writtenActions(query.action) : null,
          query.who ?? null,
          query.from ? startOf(query.from) : null,
          query.to ? startOf(addDays(query.to, 1)) : null,
        ),
      );
      return {
        events: rows.map((row) => ({
          id: row.id,
          at: row.at.toISOString(),
          who: row.actor_name,
          role: row.role,
          officeName: context.reference.officeName(row.office),
          action: shownAction(row.action),
          subject: subjectOf(row),
          reason: row.reason,
        })),
        next: nextTimeCursor(rows, query.limit),
      };
    },
  };
}

/** The instant a business date begins in Shanghai. */
const startOf = (day: PlainDate): Date => new Date(`${day}T00:00:00+08:00`);

const subjects: Readonly<Record<string, string>> = {
  application: '申请',
  registration: '登记',
  exit: '退出',
  person: '人员档案',
  account: '账号',
  search: '查人',
  exchange: '数据交换',
  batch: '上传批次',
  office: '机构',
  provision: '规定',
  calendar: '日历',
  list: '清单',
  template: '消息模板',
  report: '统计月报',
  urbanEmployed: '城镇从业人员数',
};

/** What the act was about, by its number; a person is never named here. */
function subjectOf(row: AuditRow): string {
  const kind = subjects[row.subject_kind] ?? row.subject_kind;
  return row.subject_number ? `${kind} ${row.subject_number}` : kind;
}
