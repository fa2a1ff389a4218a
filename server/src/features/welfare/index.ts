import type { Context } from '../../context.ts';
import type { Actor } from '../../platform/actor.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { leavePost, recordCheck } from './duty.ts';
import { place } from './place.ts';
import { changeGivenPost, closeGivenPost, enterPost, readPosts } from './posts.ts';
import { readMyPlacement, readPlacement } from './read.ts';
import { readWelfareWorklist } from './worklist.ts';

/** Public-welfare posts (公益性岗位): posts, placements, on-duty checks, leaving (A21-4f). */
export function welfareHandlers(context: Context): Handlers {
  const told = async (actor: Actor, id: string, now: Date, message: string) => ({
    welfare: await readPlacement(context, actor, id, now),
    message,
  });
  const reporting = async <T>(actor: Actor, on: { id: string; now: Date }, work: Promise<T>): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      await reportToSupervision(context, actor, on, 'registration', error);
      throw error;
    }
  };
  return {
    getWelfarePosts: ({ actor, query, now }) => readPosts(context, actor, query, now),
    enterWelfarePost: async ({ actor, body, key, now }) => ({
      post: await enterPost(context, actor, { key, now }, body),
      message: '岗位已录入。',
    }),
    changeWelfarePost: async ({ actor, params, body, key, now }) => ({
      post: await changeGivenPost(context, actor, { id: params.id, version: body.version, key, now }, body.post),
      message: '岗位已改。',
    }),
    closeWelfarePost: async ({ actor, params, body, key, now }) => ({
      post: await closeGivenPost(context, actor, { id: params.id, version: body.version, key, now }, body.reason),
      message: '岗位已停止，在岗的人不受影响。',
    }),
    getWelfarePlacement: ({ actor, params, now }) => readPlacement(context, actor, params.id, now),
    placeInWelfarePost: async ({ actor, params, body, key, now }) => {
      const { pensionOn, ...rest } = body;
      const given = { ...rest, ...(pensionOn ? { pensionOn } : {}) };
      const on = { registrationId: params.id, key, now };
      const message = await reporting(actor, { id: params.id, now }, place(context, actor, on, given));
      return told(actor, params.id, now, message);
    },
    checkWelfareDuty: async ({ actor, params, body, key, now }) => {
      const on = { id: params.id, key, now };
      const registration = await reporting(actor, on, recordCheck(context, actor, on, body));
      return told(actor, registration, now, '已记录在岗核查。');
    },
    leaveWelfarePost: async ({ actor, params, body, key, now }) => {
      const { version, ...given } = body;
      const on = { id: params.id, version, key, now };
      const registration = await reporting(actor, on, leavePost(context, actor, on, given));
      return told(actor, registration, now, '已记离岗，本人会收到消息。');
    },
    getWelfareWorklist: ({ actor, query, now }) => readWelfareWorklist(context, actor, query, now),
    getMyWelfarePost: ({ actor, now }) => readMyPlacement(context, actor, now),
  };
}
