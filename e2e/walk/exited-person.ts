import type { Api } from '../lib/api.ts';
import { filledForm, signed } from '../lib/form.ts';
import { newPerson, type Person } from '../lib/people.ts';
import { byProvider } from '../lib/sign-in.ts';
import type { Setting } from './setting.ts';

/** One new person, registered and exited today by a clerk. */
export async function exitedPerson(
  setting: Setting,
  clerk: Api,
): Promise<{ person: Person; exitId: string; serial: string }> {
  const person = newPerson(setting.county);
  const { api } = await byProvider(setting.running, person);
  const { version } = await api.call('getCommitment', {});
  const form = filledForm(person, setting.county, setting.today);
  const { id } = await api.call('submitApplication', { body: signed(form, version) });
  const { application } = await clerk.call('getApplicationCase', { params: { id } });
  const decision = { params: { id }, body: { version: application.version } };
  const { case: registered } = await clerk.call('registerApplication', decision);
  const evidence = [{ kind: 'workerStatement', date: setting.today, text: '本人说已经找到工作' }];
  const { case: proposed } = await clerk.call('proposeExit', {
    params: { id: registered.registration!.id },
    body: { reason: '11', exitOn: setting.today, evidence },
  });
  const exit = proposed.registration!.exits[0]!;
  await clerk.call('confirmExit', { params: { id: exit.id }, body: { version: exit.version } });
  return { person, exitId: exit.id, serial: exit.serial };
}
