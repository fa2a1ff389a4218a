import type { FormField } from '@yingdeng/rules/form-fields.ts';
import type { ComponentType } from 'react';
import type { Session } from '../data/session.ts';
import type { Draft } from './draft.ts';
import { AddressQuestions } from './questions-address.tsx';
import { ContactQuestions, PersonQuestions, WhoQuestions } from './questions-person.tsx';
import { PlaceQuestions } from './questions-place.tsx';
import { UnemploymentQuestions, WishQuestions } from './questions-work.tsx';

/** What every step is given. */
export interface QuestionProps {
  draft: Draft;
  put: (part: Draft) => void;
  fault: (field: string) => string | undefined;
  /** Where the answer of a field comes from that was filled in beforehand, while it still says that. */
  from: (field: FormField) => string | undefined;
  profile: NonNullable<Session['profile']>;
  /** Today in Asia/Shanghai. */
  today: string;
}

/** The questions of each step, by the step's id. */
export const questions: Readonly<Record<string, ComponentType<QuestionProps>>> = {
  who: WhoQuestions,
  person: PersonQuestions,
  address: AddressQuestions,
  place: PlaceQuestions,
  contact: ContactQuestions,
  unemployment: UnemploymentQuestions,
  wishes: WishQuestions,
};
