import { type Answers, answered, registered, visitor, waiting, worker } from '../portal-answers.ts';

const draft = { ...worker, getDraft: { version: 1, form: answered } };
const disabled = { ...worker, getDraft: { version: 1, form: { ...answered, health: '6' } } };
/** Registered two years ago, moved since. */
const again: Answers = {
  ...worker,
  getMyFormBefore: {
    before: {
      on: '2024-10-12',
      form: {
        ethnic: '01',
        education: '71',
        health: '1',
        household: answered.household,
        residence: answered.residence,
      },
      from: { ethnic: 'form', education: 'form', health: 'form', household: 'form', residence: 'file' },
    },
  },
};

/** Every page of the portal, by who opens it: address and what the server answers there. */
export const portalPages = {
  visitor: [
    ['/', visitor],
    ['/sign-in', visitor],
    ['/progress', visitor],
    ['/lists', visitor],
    ['/institutions', visitor],
    ['/guide', visitor],
    ['/verify', visitor],
    ['/check-exits', visitor],
    ['/my', visitor],
    ['/apply', visitor],
    ['/receipt', visitor],
    ['/nothing-here', visitor],
  ],
  applicant: [
    ['/my', worker],
    ['/apply?step=person', disabled],
    ['/apply?step=place', draft],
    ['/apply?step=unemployment', draft],
    ['/apply?step=review', draft],
    ['/apply?step=sign', draft],
    ['/apply?step=person', again],
    ['/apply?step=address', again],
    ['/my', waiting],
  ],
  registrant: [
    ['/my', registered],
    ['/my/messages', registered],
    ['/my/looks', registered],
    ['/my/month', registered],
    ['/my/data', registered],
    ['/my/objections', registered],
    ['/my/plan', registered],
    ['/my/jobs', registered],
    ['/apply', registered],
  ],
} as const;
