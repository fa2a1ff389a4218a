import { randomUUID } from 'node:crypto';
import type { ErrorBody } from '@yingdeng/contract/errors.ts';
import type { Role } from '@yingdeng/rules/access.ts';
import type { FastifyInstance } from 'fastify';
import type { Answer, Handlers } from '../src/platform/http.ts';
import { testApp } from './app.ts';
import { type TestDatabase, testDatabase } from './database.ts';
import { Fixtures, type RegistrationMade } from './fixtures.ts';

/** What the tests of exits and contacts ask for again and again: a database, people, desks, requests. */
export interface Desk {
  readonly fixtures: Fixtures;
  /** The database as the application's role sees it. */
  readonly appUrl: string;
  /** A request with its own key unless one is given. */
  post<Body = Answer<'confirmExit'>>(
    cookie: string,
    path: string,
    body: object,
    key?: string,
  ): Promise<{ status: number; body: Body & Partial<ErrorBody> }>;
  get<Body>(cookie: string, path: string): Promise<{ status: number; body: Body & Partial<ErrorBody> }>;
  /** A file: its bytes with the name it comes under. */
  file(cookie: string, path: string): Promise<{ status: number; bytes: Buffer; name: string; type: string }>;
  /** A registered person; registered on 1 October unless said otherwise. */
  registered(input?: Parameters<Fixtures['registration']>[0]): Promise<RegistrationMade>;
  /** Templates of the messages to a person, in order. */
  messagesTo(person: { personId: string }): Promise<string[]>;
  /** A signed-in clerk of a new account, and so on. */
  staff(role: Role, office?: string, name?: string): Promise<string>;
  /** Row of an exit of a registration, the latest. */
  exitOf(registration: {
    registrationId: string;
  }): Promise<Record<string, unknown> & { id: string; version: number; status: string }>;
  registrationRow(registration: { registrationId: string }): Promise<Record<string, unknown> & { status: string }>;
  claimed(registration: { registrationId: string }): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens a desk over an own database with the routes of some features. */
export async function openDesk(...features: readonly ((context: Fixtures['context']) => Handlers)[]): Promise<Desk> {
  const database: TestDatabase = await testDatabase();
  const fixtures = await Fixtures.open(database);
  const app: FastifyInstance = await testApp(fixtures.context, ...features.map((feature) => feature(fixtures.context)));
  const first = async (text: string, params: unknown[]) => (await fixtures.sql(text, params))[0] as never;
  return {
    fixtures,
    appUrl: database.appUrl,
    post: async (cookie, path, body, key = randomUUID()) => {
      // Requests follow each other by a second, as people do.
      fixtures.now = new Date(fixtures.now.getTime() + 1000);
      const reply = await app.inject({
        method: 'POST',
        url: path,
        headers: { cookie, 'idempotency-key': key },
        payload: body,
      });
      return { status: reply.statusCode, body: reply.json() };
    },
    get: async (cookie, path) => {
      const reply = await app.inject({ method: 'GET', url: path, headers: { cookie } });
      return { status: reply.statusCode, body: reply.json() };
    },
    file: async (cookie, path) => {
      const { statusCode, rawPayload, headers } = await app.inject({ method: 'GET', url: path, headers: { cookie } });
      const name = decodeURIComponent(/UTF-8''(.*)$/.exec(`${headers['content-disposition'] ?? ''}`)?.[1] ?? '');
      return { status: statusCode, bytes: rawPayload, name, type: `${headers['content-type']}` };
    },
    registered: (input = {}) => fixtures.registration({ submittedOn: '2026-10-01', ...input }),
    messagesTo: async ({ personId }) =>
      (
        await fixtures.sql<{ template: string }>(
          'select template from message where person_id = $1 order by created_at, template',
          [personId],
        )
      ).map((row) => row.template),
    staff: (role, office = '410802', name = '张经办') => fixtures.staff(role, office, name),
    exitOf: ({ registrationId }) =>
      first('select * from exit where registration_id = $1 order by proposed_at desc, id desc limit 1', [
        registrationId,
      ]),
    registrationRow: ({ registrationId }) => first('select * from registration where id = $1', [registrationId]),
    claimed: async ({ registrationId }) =>
      (await fixtures.sql('select 1 from registration_claim where registration_id = $1', [registrationId])).length > 0,
    close: async () => {
      await app.close();
      await fixtures.close();
      await database.drop();
    },
  };
}

/** A plain exit with its evidence: hired, by the person's own word. */
export const hired = {
  reason: '11',
  evidence: [{ kind: 'workerStatement', date: '2026-11-20', text: '本人来电，已到单位上班' }],
  exitOn: '2026-11-20',
};

/** Three offers refused on three days (31). */
export const refusedOffers = {
  reason: '31',
  evidence: ['2026-11-04', '2026-11-11', '2026-11-18'].map((date) => ({
    kind: 'serviceOffers',
    date,
    text: '推荐包装工岗位，本人说不想去',
    suitable: true,
  })),
  exitOn: '2026-11-20',
};
