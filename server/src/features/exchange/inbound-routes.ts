import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import { audit } from '../../platform/audit.ts';
import { AppError } from '../../platform/errors.ts';
import type { Handlers } from '../../platform/http.ts';
import { DiskTrouble } from '../../platform/put-file.ts';
import { readCase } from '../casefile/index.ts';
import { decisionUploads, resendDecision } from './decisions/uploads.ts';
import { exchangePlatformFiles } from './files/exchange.ts';
import { amendFromPlatform } from './forwarded/amend.ts';
import { fetchForwarded } from './forwarded/download.ts';
import { faultyForwarded, settleForwarded } from './forwarded/faulty.ts';
import { platformSide } from './forwarded/platform-side.ts';
import { tenantsOf } from './places.ts';
import { getPlatform, PlatformRefused, PlatformSilent } from './platform-client.ts';

/** What comes from the platform and the results that go back: download by hand, what a person settles, evidence. */
export function inboundHandlers(context: Context): Handlers {
  return {
    fetchForwarded: async ({ actor, now }) => {
      const fetched = context.config.platformFiles ? await fetchFiles(context) : await fetchByLine(context, actor);
      await context.db.transaction(actor, (tx) =>
        audit(tx, context.crypto, now, {
          tenant: actor.office.slice(0, 4),
          office: actor.office,
          action: 'exchange.fetch',
          subjectKind: 'exchangeDay',
          subjectId: now.toISOString(),
          detail: fetched.detail,
        }),
      );
      const { taken, faulty, message } = fetched;
      return { taken, faulty, message };
    },
    getForwardedFaulty: ({ actor, query }) => faultyForwarded(context, actor, query),
    settleForwarded: async ({ actor, params, body, key, now }) => {
      await settleForwarded(context, actor, { id: params.id, key, now }, body);
      return { message: body.do === 'contacted' ? '已记下，仍在列表中。' : '已处理。' };
    },
    getPlatformSide: ({ actor, params }) => platformSide(context, actor, params.id),
    amendApplication: async ({ actor, params, body, key, now }) => {
      const { version, ...given } = body;
      const changed = await amendFromPlatform(context, actor, { id: params.id, version, key, now }, given);
      return {
        case: await context.db.read(actor, (tx) => readCase(context, tx, params.id)),
        message: changed ? '已更正，办结期限不变。' : '已保留原来的内容。',
      };
    },
    getDecisionUploads: ({ actor, query }) => decisionUploads(context, actor, query),
    resendDecision: async ({ actor, params, body, key, now }) => {
      await resendDecision(context, actor, { id: params.id, key, now }, body);
      return { message: '马上重新上传。' };
    },
  };
}

/** Where files are the transport: what lies in the inbox now. */
async function fetchFiles(context: Context) {
  const applied = await exchangePlatformFiles(context).catch((error: unknown) => {
    if (error instanceof DiskTrouble) throw new AppError('exchange.notAllowed', { why: error.reason });
    throw error;
  });
  const message = applied > 0 ? `处理了收件夹中的${applied}个文件。` : '收件夹中没有新的文件。';
  return { taken: 0, faulty: 0, message, detail: { files: applied } };
}

async function fetchByLine(context: Context, actor: Actor) {
  getPlatform(context);
  const { taken, faulty } = await fetchForwarded(context, tenantsOf(context, actor)).catch(silent);
  return { taken, faulty, message: fetchedText(taken, faulty), detail: { taken, faulty } };
}

function fetchedText(taken: number, faulty: number): string {
  if (taken === 0) return '平台没有新的申请。';
  return faulty > 0 ? `收到${taken}件，其中${faulty}件要人工核对。` : `收到${taken}件。`;
}

/** A platform that says nothing usable, in words for the person who asked. */
function silent(error: unknown): never {
  if (error instanceof PlatformSilent || error instanceof PlatformRefused) throw new AppError('exchange.silent');
  throw error;
}
