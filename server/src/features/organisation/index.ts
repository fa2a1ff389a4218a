import type { Context } from '../../context.ts';
import type { Handlers } from '../../platform/http.ts';
import { actOnAccount, changeAccount, createAccount, listAccounts } from './accounts.ts';
import { addOffice, changeOffice, listOffices } from './offices.ts';

/** The organisation and the people who work in it: offices, accounts, roles. */
export function organisationHandlers(context: Context): Handlers {
  return {
    getAccounts: (call) => listAccounts(context, call),
    createAccount: (call) => createAccount(context, call),
    changeAccount: (call) => changeAccount(context, call),
    actOnAccount: (call) => actOnAccount(context, call),
    getOffices: (call) => listOffices(context, call),
    addOffice: (call) => addOffice(context, call),
    changeOffice: (call) => changeOffice(context, call),
  };
}
