import type { FieldFault } from '@yingdeng/contract/errors.ts';
import { inRange } from '@yingdeng/rules/access.ts';
import { messageTemplate, type TemplateName, templateNames } from '@yingdeng/rules/messages/templates.ts';
import { templateFaults } from '@yingdeng/rules/messages/text.ts';
import { textInForce } from '@yingdeng/rules/messages/versions.ts';
import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { businessDate } from '../../platform/clock.ts';
import { violates } from '../../platform/database.ts';
import { AppError } from '../../platform/errors.ts';
import { refuseFaulty } from '../../platform/faulty.ts';
import type { Answer, Call } from '../../platform/http.ts';
import { once } from '../../platform/idempotency.ts';
import { dayAndTime } from '../../platform/words.ts';
import { addTemplateVersion, type TemplateVersionRow, versionsOfPlace } from './template.sql.ts';

type Shown = Answer<'addMessageTemplate'>['template'];

/** Every occasion with what the place sends today and its own versions. */
export async function showTemplates(
  context: Context,
  { actor, query, now }: Call<'getMessageTemplates'>,
): Promise<Answer<'getMessageTemplates'>> {
  const { division } = query;
  requireReach(context, actor, division);
  const rows = await context.db.read(actor, (tx) => tx.rows(versionsOfPlace, division));
  return { templates: templateNames.map((name) => shown(context, name, division, rows, now)) };
}

/**
 * Publishes the next version of a text. Nothing is edited: what was sent stays with its message, what held on a day can be told.
 * @throws AppError admin.faulty with each fault; admin.changed when another administrator published first.
 */
export async function publishTemplate(
  context: Context,
  { actor, body, key, now }: Call<'addMessageTemplate'>,
): Promise<Answer<'addMessageTemplate'>> {
  const { division, after, text, from, reason } = body;
  requireReach(context, actor, division);
  const name = templateNames.find((one) => one === body.name);
  if (!name)
    throw new AppError(
      'admin.faulty',
      { count: 1 },
      { fields: [{ field: 'name', message: '场景：没有这一种消息。' }] },
    );
  const request = { route: 'addMessageTemplate', key, request: body, now };
  await once(context.db, actor, request, async (tx) => {
    const own = (await tx.rows(versionsOfPlace, division)).filter((row) => row.template === name);
    const [newest] = own;
    if ((newest?.version ?? 0) !== after) throw overtaken(newest);
    refuseFaulty([...textFaults(name, text, newest), ...dayFaults(from, businessDate(now), newest)]);
    await tx
      .run(addTemplateVersion, name, division, after + 1, text, from, reason, actor.id, actor.name, now)
      .catch((error: unknown) => {
        throw violates(error, 'message_template_pkey') ? overtaken() : error;
      });
    await audit(tx, context.crypto, now, {
      tenant: division.slice(0, 4),
      office: division,
      action: 'template.publish',
      subjectKind: 'template',
      subjectId: `${name}:${division}:${after + 1}`,
      reason,
      detail: { from, text },
    });
    return { version: after + 1 };
  });
  await context.reference.refresh(context.db);
  const rows = await context.db.read(actor, (tx) => tx.rows(versionsOfPlace, division));
  return { template: shown(context, name, division, rows, now) };
}

function shown(
  context: Context,
  name: TemplateName,
  division: string,
  rows: readonly TemplateVersionRow[],
  now: Date,
): Shown {
  const { text, version } = textInForce(name, division, businessDate(now), context.reference.templatesOf);
  return {
    name,
    inForce: { text, ...(version ? { division: version.division, version: version.version } : {}) },
    versions: rows
      .filter((row) => row.template === name)
      .map((row) => ({
        version: row.version,
        ...(row.body === null ? {} : { text: row.body }),
        from: row.valid_from,
        reason: row.reason,
        author: row.author,
        createdAt: row.created_at.toISOString(),
      })),
  };
}

function textFaults(name: TemplateName, text: string | null, newest: TemplateVersionRow | undefined): FieldFault[] {
  const fault = (message: string): FieldFault[] => [{ field: 'text', message: `内容：${message}` }];
  if (text === null) return newest?.body == null ? fault('这里没有自己的内容，不用恢复。') : [];
  if (newest?.body === text) return fault(`和第${newest.version}版完全一样，没有要改的。`);
  if (!newest && text === messageTemplate(name).shipped) return fault('和系统自带的完全一样，没有要改的。');
  return templateFaults(name, text).map(({ field, message }) => ({ field, message }));
}

function dayFaults(from: string, today: string, newest: TemplateVersionRow | undefined): FieldFault[] {
  const fault = (message: string): FieldFault[] => [{ field: 'from', message: `启用日期：${message}` }];
  if (from < today) return fault(`不能早于今天（${today}），已经发出的不能改。`);
  if (newest && from < newest.valid_from) return fault(`不能早于上一版的启用日期（${newest.valid_from}）。`);
  return [];
}

const overtaken = (newest?: TemplateVersionRow) =>
  new AppError(
    'admin.changed',
    {
      what: '这条消息',
      who: newest?.author ?? '其他管理员',
      when: newest ? dayAndTime(newest.created_at) : '刚才',
    },
    newest ? { detail: { version: newest.version, now: { text: newest.body ?? '', from: newest.valid_from } } } : {},
  );

/** One's own place or one below it; the place has an office, or is a division of the country. */
function requireReach(context: Context, actor: Actor, division: string): void {
  if (!inRange(division, actor)) throw new AppError('access.denied', { why: '只能管理本辖区及以下机构的消息模板。' });
  if (division.length > 6 && !context.reference.office(division))
    throw new AppError('access.denied', { why: '没有这个机构。' });
}
