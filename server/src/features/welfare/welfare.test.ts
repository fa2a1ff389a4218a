import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { difficultyHandlers } from '../difficulty/index.ts';
import { exitHandlers } from '../exit/index.ts';
import { welfareHandlers } from './index.ts';

type File = Answer<'placeInWelfarePost'> & { code?: string };

let desk: Desk;
let clerk: string;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(welfareHandlers, difficultyHandlers, exitHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  person = await recognised();
});

async function recognised(office = '410802'): Promise<RegistrationMade> {
  const made = await desk.registered({ submittedOn: '2026-04-01', office });
  const category = '连续失业半年以上的人员';
  const base = `/api/registrations/${made.registrationId}/difficulty`;
  await desk.post(clerk, base, { category });
  const { current } = (await desk.get<Answer<'getDifficulty'>>(clerk, base)).body;
  await desk.post(clerk, `/api/difficulties/${current!.id}/decide`, { recognise: true, version: 1, category });
  return made;
}

const given = {
  employer: '民生街道办事处',
  title: '社区保洁员',
  place: '民生街道花园社区',
  wage: 1900,
  posts: 1,
  validTo: '2027-06-30',
};
const entered = async (part: object = {}) =>
  (await desk.post<Answer<'enterWelfarePost'>>(clerk, '/api/welfare-posts', { ...given, ...part })).body.post;
const place = (postId: string, of = person, who = clerk, part: object = {}, key?: string) =>
  desk.post<File>(
    who,
    `/api/registrations/${of.registrationId}/welfare-post`,
    { postId, startsOn: '2026-11-20', ...part },
    key,
  );
const read = async (of = person) =>
  (await desk.get<Answer<'getWelfarePlacement'>>(clerk, `/api/registrations/${of.registrationId}/welfare-post`)).body;
const on = (id: string, act: string, body: object, who = clerk) =>
  desk.post<File>(who, `/api/welfare-placements/${id}/${act}`, body);

describe('a placement', () => {
  it('A21-4f, M79X-4: goes to a recognised person, ends by the provision, and proposes exit 14 with its evidence', async () => {
    const post = await entered();
    const { status, body } = await place(post.id);
    expect({ status, message: body.message }).toMatchObject({ status: 200 });
    expect(body.welfare.current).toMatchObject({
      startsOn: '2026-11-20',
      endsBy: '2029-11-19',
      checkDue: '2026-11-30',
      exitProposed: true,
    });
    expect(await desk.exitOf(person)).toMatchObject({ reason: '14', status: 'proposed', exit_on: '2026-11-20' });
    expect(await desk.registrationRow(person)).toMatchObject({ status: 'exitProposed' });
    expect(await desk.messagesTo(person)).toContain('post.placed');
    const kinds = await desk.fixtures.sql('select kind from service_record where person_id = $1', [person.personId]);
    expect(kinds).toEqual([{ kind: 'publicWelfarePost' }]);
  });
  it('A21-4f: is refused without a recognition in force', async () => {
    const post = await entered();
    const other = await desk.registered({ submittedOn: '2026-04-01' });
    const { status, body } = await place(post.id, other);
    expect({ status, code: body.code, clause: body.clause }).toEqual({
      status: 409,
      code: 'service.notAllowed',
      clause: 'A21-4f',
    });
    expect((await read(other)).hold).toContain('只安置就业困难人员');
  });
  it('a repeated request places and proposes once', async () => {
    const post = await entered({ posts: 2 });
    const key = 'the-same-key-twice';
    await place(post.id, person, clerk, {}, key);
    await place(post.id, person, clerk, {}, key);
    const rows = await desk.fixtures.sql('select taken from welfare_post where id = $1', [post.id]);
    expect(rows).toEqual([{ taken: 1 }]);
    expect(await desk.fixtures.sql('select id from exit where person_id = $1', [person.personId])).toHaveLength(1);
  });
  it('five clerks at once for two places: two are placed, none too many', async () => {
    const post = await entered({ posts: 2 });
    const people = [];
    for (let n = 0; n < 5; n++) people.push(await recognised());
    const answers = await Promise.all(people.map((one) => place(post.id, one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409, 409]);
    expect(await desk.fixtures.sql('select taken from welfare_post where id = $1', [post.id])).toEqual([{ taken: 2 }]);
  });
  it('a clerk of another county cannot place, one of a street places into the county’s post', async () => {
    const post = await entered({ posts: 2 });
    const stranger = await desk.staff('clerk', '410803', '刘经办');
    expect((await place(post.id, person, stranger)).status).toBe(404);
    const field = await desk.staff('fieldWorker', '410802', '赵专员');
    expect((await place(post.id, person, field)).status).toBe(403);
    const street = await desk.staff('clerk', '410802001', '孙经办');
    const near = await recognised('410802001');
    expect((await place(post.id, near, street)).status).toBe(200);
    expect((await place(post.id, person, street)).status).toBe(404);
  });
});

describe('on duty, and leaving', () => {
  const placed = async () => {
    const post = await entered();
    return { post, placement: (await place(post.id)).body.welfare.current! };
  };
  it('A21-4f: a check once a month; a missed month is late in the worklist and stays named', async () => {
    const { placement } = await placed();
    const list = async () =>
      (await desk.get<Answer<'getWelfareWorklist'>>(clerk, '/api/worklists/welfare-posts')).body.items.filter(
        ({ id }) => id === placement.id,
      );
    expect(await list()).toMatchObject([{ dueOn: '2026-11-30', state: 'open' }]);
    desk.fixtures.now = new Date('2026-12-10T02:00:00Z');
    clerk = await desk.staff('clerk', '410802', '李经办');
    expect(await list()).toMatchObject([{ dueOn: '2026-11-30', state: 'late' }]);
    expect((await on(placement.id, 'checks', { month: '2026-12', onDuty: true, means: 'visit' })).status).toBe(200);
    expect((await read()).current).toMatchObject({ checkDue: '2027-01-31', missed: ['2026-11'] });
    expect((await on(placement.id, 'checks', { month: '2026-12', onDuty: true, means: 'visit' })).body.message).toBe(
      '2026-12已经核查过。',
    );
    expect(await list()).toEqual([]);
  });
  it('goes on after the exit was confirmed', async () => {
    const { placement } = await placed();
    const exit = await desk.exitOf(person);
    const confirmed = await desk.post(clerk, `/api/exits/${exit.id}/confirm`, { version: exit.version });
    expect(confirmed.status).toBe(200);
    expect((await on(placement.id, 'checks', { month: '2026-11', onDuty: true, means: 'attendance' })).status).toBe(
      200,
    );
  });
  it('A21-4f: leaving frees the place and offers a new registration to the office and to the worker', async () => {
    const { post, placement } = await placed();
    const exit = await desk.exitOf(person);
    await desk.post(clerk, `/api/exits/${exit.id}/confirm`, { version: exit.version });
    const { version } = (await read()).current!;
    const { body } = await on(placement.id, 'leave', { version, on: '2026-11-22', reason: 'postEnded' });
    expect(body.welfare).toMatchObject({
      registerAgain: { applicationId: person.applicationId },
      earlier: [{ leftOn: '2026-11-22', leftText: '岗位撤销' }],
    });
    expect(await desk.fixtures.sql('select taken from welfare_post where id = $1', [post.id])).toEqual([{ taken: 0 }]);
    expect(await desk.messagesTo(person)).toContain('post.left');
    const mine = await desk.get<Answer<'getMyWelfarePost'>>(desk.fixtures.worker(person), '/api/my/welfare-post');
    expect(mine.body).toMatchObject({ mayRegister: true, left: { leftText: '岗位撤销' } });
    const stranger = desk.fixtures.worker(await desk.registered({}));
    expect((await desk.get<Answer<'getMyWelfarePost'>>(stranger, '/api/my/welfare-post')).body).toEqual({
      mayRegister: false,
    });
  });
  it('two clerks at once: one leaves the post, the other is told', async () => {
    const { placement } = await placed();
    const { version } = (await read()).current!;
    const body = { version, on: '2026-11-22', reason: 'resigned' };
    const both = await Promise.all([on(placement.id, 'leave', body), on(placement.id, 'leave', body)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });
  it('M79-2c: a text that asks for papers is blocked', async () => {
    const { placement } = await placed();
    const { version } = (await read()).current!;
    const { body } = await on(placement.id, 'leave', {
      version,
      on: '2026-11-22',
      reason: 'other',
      text: '没有提供毕业证书',
    });
    expect(body.code).toBe('decision.forbiddenGround');
  });
});

it('a post never has fewer places than people, and takes nobody once it is ended', async () => {
  const post = await entered({ posts: 2 });
  await place(post.id);
  const posts = async () =>
    (await desk.get<Answer<'getWelfarePosts'>>(clerk, '/api/welfare-posts')).body.items.find(
      ({ id }) => id === post.id,
    )!;
  const { version } = await posts();
  const change = (wage: number, number: number) =>
    desk.post<Answer<'changeWelfarePost'>>(clerk, `/api/welfare-posts/${post.id}`, {
      version,
      post: { ...given, wage, posts: number },
    });
  expect((await change(2000, 0)).status).toBe(422);
  expect((await change(2000, 1)).body.post).toMatchObject({ wage: 2000, posts: 1, taken: 1, state: 'full' });
  expect((await change(2100, 1)).status).toBe(409);
  const closed = await desk.post<Answer<'closeWelfarePost'>>(clerk, `/api/welfare-posts/${post.id}/close`, {
    version: version + 1,
    reason: '单位不再需要',
  });
  expect(closed.body.post).toMatchObject({ state: 'closed', closedReason: '单位不再需要' });
  expect((await place(post.id, await recognised())).status).toBe(409);
});
