import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { drawIdentityNumber, NOW, type RegistrationMade } from '../../../test/fixtures.ts';
import type { Answer } from '../../platform/http.ts';
import { selfHandlers } from '../self/index.ts';
import { applicationHandlers } from './index.ts';

let desk: Desk;
let clerk: string;
let gone: RegistrationMade;

beforeAll(async () => {
  desk = await openDesk(applicationHandlers, selfHandlers);
  clerk = await desk.staff('clerk', '410802');
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.fixtures.now = NOW;
  gone = await desk.registered({ submittedOn: '2026-03-02', idNumber: drawIdentityNumber() });
});

/** Ends the registration as an exit would have left it. */
async function end(of: RegistrationMade): Promise<void> {
  await desk.fixtures.sql("update registration set status = 'exited', exited_on = '2026-09-30' where id = $1", [
    of.registrationId,
  ]);
  await desk.fixtures.sql('delete from registration_claim where registration_id = $1', [of.registrationId]);
}

const mine = async (of: RegistrationMade) =>
  (await desk.get<Answer<'getMyFormBefore'>>(desk.fixtures.worker(of), '/api/my/form-before')).body.before;
const check = async (of: RegistrationMade, who = clerk) =>
  (
    await desk.post<Answer<'checkForm'>>(who, '/api/counter/check-form', {
      form: { idNumber: of.idNumber, documentType: '01' },
    })
  ).body;
const fill = (id: string, who = clerk) =>
  desk.post<Answer<'fillFormAgain'>>(who, `/api/counter/applications/${id}/form-again`, {});

describe('who was here before is asked nothing that is known (A21-8a)', () => {
  it('in the portal: the own answers of then, with what was corrected since; no number, no reason, no month', async () => {
    const session = desk.fixtures.worker(gone);
    const corrected = await desk.post(session, `/api/my/registrations/${gone.registrationId}/corrections`, {
      mobile: '15410007777',
    });
    expect(corrected.status).toBe(200);
    await end(gone);
    const before = await mine(gone);
    expect(before).toMatchObject({
      on: '2026-03-02',
      form: { mobile: '15410007777' },
      from: { mobile: 'file', household: 'form', education: 'form' },
    });
    expect(Object.keys(before?.form ?? {}).sort()).toEqual(Object.keys(before?.from ?? {}).sort());
    for (const field of ['idNumber', 'documentNumber', 'name', 'reason', 'unemployedMonth', 'wantsBenefit'])
      expect(before?.form).not.toHaveProperty(field);
  });

  it('A21-8a: only the own form; who never applied has none', async () => {
    const other = await desk.registered({ submittedOn: '2026-03-03', idNumber: drawIdentityNumber() });
    await desk.fixtures.sql('update application set form = form || \'{"ethnic":"11"}\' where id = $1', [
      other.applicationId,
    ]);
    expect((await mine(gone))?.form.ethnic).not.toBe('11');
    expect((await mine(other))?.form.ethnic).toBe('11');
    const stranger = desk.fixtures.worker({ name: '林晓雨', idNumber: drawIdentityNumber() });
    expect((await desk.get<Answer<'getMyFormBefore'>>(stranger, '/api/my/form-before')).body).toEqual({});
  });

  it('at the counter: told once nothing stands, filled at the clerk’s word, and the person sees who looked', async () => {
    expect(await check(gone)).toMatchObject({ known: { number: gone.registrationNumber } });
    expect(await check(gone)).not.toHaveProperty('before');
    await end(gone);
    const { before } = await check(gone);
    expect(before?.text).toBe(`2026-03-02登记过（${gone.registrationNumber}），2026-09-30退出。`);
    const looks = () =>
      desk.fixtures.sql("select reason from audit_event where action = 'reveal' and person_id = $1", [gone.personId]);
    expect(await looks()).toEqual([]);
    const filled = await fill(before!.applicationId);
    expect(filled.body).toMatchObject({ name: gone.name, before: { on: '2026-03-02', from: { mobile: 'form' } } });
    expect(filled.body.before.form.residence?.detail).not.toBe('');
    expect(JSON.stringify(filled.body)).not.toContain(gone.idNumber);
    expect(await looks()).toEqual([{ reason: '窗口办理失业登记，填入以前填过的内容' }]);
  });

  it('another county is not told, and gets nothing; nor does who may not open telephones', async () => {
    await end(gone);
    const elsewhere = await desk.staff('clerk', '410803');
    expect(await check(gone, elsewhere)).not.toHaveProperty('before');
    expect((await fill(gone.applicationId, elsewhere)).status).toBe(404);
    const field = await desk.staff('fieldWorker', '410802');
    expect(await check(gone, field)).not.toHaveProperty('before');
    expect((await fill(gone.applicationId, field)).status).toBe(403);
    expect(
      await desk.fixtures.sql("select 1 from audit_event where action = 'reveal' and person_id = $1", [gone.personId]),
    ).toEqual([]);
  });
});
