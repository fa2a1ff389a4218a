import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { trainingHandlers } from './index.ts';

type Told = Answer<'enrolInTraining'>;

let desk: Desk;
let clerk: string;
let person: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(trainingHandlers);
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  clerk = await desk.staff('clerk', '410802', '张经办');
  person = await desk.registered();
});

const given = {
  name: '电工初级培训',
  kind: 'skill',
  occupation: '631',
  institution: '市技工学校',
  place: '人民路9号',
  startsOn: '2026-12-01',
  endsOn: '2026-12-20',
  applyBy: '2026-11-30',
  seats: 2,
  fee: 0,
  telephone: '0391-3569000',
};
const entered = async (part: object = {}) =>
  (await desk.post<Answer<'enterTrainingProject'>>(clerk, '/api/training-projects', { ...given, ...part })).body
    .project;
const enrol = (projectId: string, of = person, who = clerk) =>
  desk.post<Told>(who, `/api/registrations/${of.registrationId}/training`, { projectId, consent: true });
const act = (id: string, body: object, who = clerk) => desk.post<Told>(who, `/api/training-enrolments/${id}`, body);
const taken = async (id: string) =>
  (await desk.fixtures.sql<{ taken: number }>('select taken from training_project where id = $1', [id]))[0]?.taken;
const list = async (stage: string) =>
  (await desk.get<Answer<'getTrainingWorklist'>>(clerk, `/api/worklists/training?stage=${stage}`)).body.items.filter(
    ({ applicationId }) => applicationId === person.applicationId,
  );

describe('enrolment', () => {
  it('A21-4d: with consent, told to the person; its result is owed when the course is over and becomes a service', async () => {
    const project = await entered();
    const refused = await desk.post(clerk, `/api/registrations/${person.registrationId}/training`, {
      projectId: project.id,
      consent: false,
    });
    expect(refused.status).toBe(422);
    const { id } = (await enrol(project.id)).body.training.enrolments[0]!;
    expect(await desk.messagesTo(person)).toContain('training.enrolled');
    expect(await list('enrolled')).toEqual([]);
    desk.fixtures.now = new Date('2026-12-21T02:00:00Z');
    clerk = await desk.staff('clerk', '410802', '李经办');
    expect(await list('enrolled')).toMatchObject([{ project: '电工初级培训', dueOn: '2026-12-20', state: 'late' }]);
    const { body } = await act(id, { version: 1, action: 'finish', certificate: '电工初级证书' });
    expect(body.training.enrolments[0]).toMatchObject({ state: 'finished', certificate: '电工初级证书' });
    expect(
      await desk.fixtures.sql('select kind, outcome from service_record where person_id = $1', [person.personId]),
    ).toEqual([{ kind: 'training', outcome: '取得电工初级证书' }]);
    expect(await list('enrolled')).toEqual([]);
  });
  it('six people at once for two seats: two are in, none too many', async () => {
    const project = await entered();
    const people = [];
    for (let n = 0; n < 6; n++) people.push(await desk.registered());
    const answers = await Promise.all(people.map((one) => enrol(project.id, one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409, 409, 409, 409]);
    expect(await taken(project.id)).toBe(2);
  });
  it('the same person twice is refused and takes no second seat', async () => {
    const project = await entered();
    await enrol(project.id);
    expect((await enrol(project.id)).status).toBe(409);
    expect(await taken(project.id)).toBe(1);
  });
  it('dropping out before the start frees the seat, afterwards not', async () => {
    const project = await entered();
    const { id } = (await enrol(project.id)).body.training.enrolments[0]!;
    await act(id, { version: 1, action: 'drop', text: '找到工作了' });
    expect(await taken(project.id)).toBe(0);
    const again = (await enrol(project.id)).body.training.enrolments[0]!;
    desk.fixtures.now = new Date('2026-12-05T02:00:00Z');
    clerk = await desk.staff('clerk', '410802', '李经办');
    await act(again.id, { version: 1, action: 'drop', text: '家里有事' });
    expect(await taken(project.id)).toBe(1);
  });
  it('nobody of another county enrols or settles', async () => {
    const project = await entered();
    const { id } = (await enrol(project.id)).body.training.enrolments[0]!;
    const stranger = await desk.staff('clerk', '410803', '刘经办');
    expect((await enrol(project.id, person, stranger)).status).toBe(404);
    expect((await act(id, { version: 1, action: 'drop', text: '没有来' }, stranger)).status).toBe(404);
  });
});

describe('the worker', () => {
  it('A21-4d: sees projects that fit the wish and says 想参加; the clerk answers with a seat', async () => {
    const project = await entered();
    const other = await entered({ name: '会计培训', occupation: '206' });
    await desk.fixtures.sql(
      `insert into job_wish (tenant, registration_id, person_id, office, wishes, trained, skill, changed_at, changed_by_name)
       values ('4108', $1, $2, '410802', '{631}', '{}', 0, now(), '张经办') on conflict do nothing`,
      [person.registrationId, person.personId],
    );
    const worker = desk.fixtures.worker(person);
    const mine = () => desk.get<Answer<'getMyTraining'>>(worker, '/api/my/training');
    const ids = (await mine()).body.projects.map(({ id }) => id);
    expect(ids).toContain(project.id);
    expect(ids).not.toContain(other.id);
    const path = `/api/my/training/${project.id}`;
    expect((await desk.post(worker, path, {})).status).toBe(200);
    expect((await desk.post(worker, path, {})).status).toBe(409);
    expect(await taken(project.id)).toBe(0);
    expect(await list('wished')).toMatchObject([{ dueOn: '2026-11-30' }]);
    const [wished] = (await mine()).body.enrolments;
    const { body } = await act(wished!.id, { version: 1, action: 'enrol', consent: true });
    expect(body.training.enrolments[0]).toMatchObject({ state: 'enrolled', by: '张经办' });
    expect(await taken(project.id)).toBe(1);
  });
  it('is told why a wish was not met, and may not wish for a course that is over', async () => {
    const project = await entered();
    const worker = desk.fixtures.worker(person);
    await desk.post(worker, `/api/my/training/${project.id}`, {});
    const { enrolments } = (await desk.get<Answer<'getMyTraining'>>(worker, '/api/my/training')).body;
    await act(enrolments[0]!.id, { version: 1, action: 'decline', text: '人数不够没有开班' });
    expect(await desk.messagesTo(person)).toContain('training.declined');
    desk.fixtures.now = new Date('2026-12-01T02:00:00Z');
    const later = desk.fixtures.worker(person);
    expect((await desk.post(later, `/api/my/training/${project.id}`, {})).status).toBe(409);
  });
});

it('a project is changed on its page only, never below the seats taken, and ends with a reason', async () => {
  const project = await entered();
  await enrol(project.id);
  const change = (version: number, part: object, more: object = {}) =>
    desk.post<Answer<'changeTrainingProject'>>(clerk, `/api/training-projects/${project.id}`, {
      version,
      project: { ...given, ...part },
      ...more,
    });
  expect((await change(1, {})).status).toBe(409);
  expect((await change(2, { seats: 0 })).status).toBe(422);
  expect((await change(2, { seats: 1 })).body.project).toMatchObject({ seats: 1, taken: 1, state: 'full' });
  expect((await change(3, { seats: 1 }, { closedReason: '师资不足' })).body.project).toMatchObject({ state: 'closed' });
});
