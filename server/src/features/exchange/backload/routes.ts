import type { Context } from '../../../context.ts';
import type { Actor } from '../../../platform/actor.ts';
import { audit } from '../../../platform/audit.ts';
import { AppError } from '../../../platform/errors.ts';
import type { Handlers } from '../../../platform/http.ts';
import { uploadStatistics } from '../statistics.ts';
import { backLoadBatches, backLoadItems, backLoads, tellBackLoad } from './progress.ts';
import { startBackLoad, steerBackLoad } from './run.ts';

/** Registrations loaded back, and what the platform says it has received (M79-7b). */
export function backLoadHandlers(context: Context): Handlers {
  const note = (actor: Actor, now: Date, detail: Readonly<Record<string, unknown>>) =>
    context.db.transaction(actor, (tx) =>
      audit(tx, context.crypto, now, {
        tenant: actor.office.slice(0, 4),
        office: actor.office,
        action: 'exchange.backLoad',
        subjectKind: 'backLoad',
        subjectId: String(detail.run ?? detail.since ?? 'valid'),
        detail,
      }),
    );
  return {
    getBackLoads: ({ actor }) => backLoads(context, actor),
    startBackLoad: async ({ actor, body, now }) => {
      const counties = await startBackLoad(context, actor, body.since);
      if (counties === 0) throw new AppError('exchange.notAllowed', { why: '您的辖区内没有登记机构，不能发起上传。' });
      await note(actor, now, { since: body.since, counties });
      return { counties, message: `已开始，共${counties}个县（市、区）。可以离开本页，进度会一直更新。` };
    },
    steerBackLoad: async ({ actor, body, now }) => {
      const counties = await steerBackLoad(context, actor, body.run, body.to);
      if (counties === 0)
        throw new AppError('exchange.notAllowed', { why: '这项上传现在不能这样处理，请刷新后查看。' });
      await note(actor, now, { ...body, counties });
      return { counties, message: body.to === 'pause' ? '已暂停。' : '已继续。' };
    },
    tellBackLoad: async ({ actor, body, key, now }) => {
      await tellBackLoad(context, actor, body, { key, now });
      return { message: '已记下进度。' };
    },
    getBackLoadItems: ({ actor, query }) => backLoadItems(context, actor, query),
    getBackLoadBatches: ({ actor, query }) => backLoadBatches(context, actor, query),
    getUploadStatistics: ({ actor, query }) => uploadStatistics(context, actor, query.from, query.to),
  };
}
