import type { Context } from '../../context.ts';
import { AppError } from '../../platform/errors.ts';
import type { Handlers } from '../../platform/http.ts';
import { reportToSupervision } from '../application/index.ts';
import { readCaseOfRegistration } from '../casefile/index.ts';
import { proposeFromFinding } from './propose-exit.ts';
import { type RecordedContact, recordContact } from './record.ts';

export { placesOf } from './check.ts';
export { listsInForce } from './contact.sql.ts';
export { recordMonthReport } from './month-report.ts';

/** Contacts and attempts, answered with the case as it stands afterwards. */
export function contactHandlers(context: Context): Handlers {
  return {
    recordContact: async ({ actor, params, body, key, now }) => {
      const on = { registrationId: params.id, key, now };
      const done = await recordContact(context, actor, on, body).catch(async (error: unknown) => {
        await reportToSupervision(context, actor, { id: params.id, now }, 'registration', error);
        throw error;
      });
      const exit = await proposeFromFinding(context, actor, on, body);
      const file = await context.db.read(actor, (tx) => readCaseOfRegistration(context, tx, done.registration));
      const contact = file.registration?.contacts.find((one) => one.id === done.contact);
      if (!contact) throw new AppError('request.notFound');
      return {
        contact,
        fulfilsFirstContact: done.fulfilsFirstContact,
        message: `${messageOf(done)}${exit}`,
        case: file,
      };
    },
  };
}

function messageOf(done: RecordedContact): string {
  if (done.outcome === 'attempt') return '已记为一次尝试。没有联系上，首次联系期限照旧。';
  return done.fulfilsFirstContact ? '首次联系已完成，计入当月跟踪。' : '已记录，计入当月跟踪。';
}
