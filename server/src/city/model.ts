import type { PlainDate } from '@yingdeng/rules/calendar.ts';
import type { ExitEvidenceKind } from '@yingdeng/rules/exit-reasons.ts';
import type { RegistrationPlace } from '@yingdeng/rules/provisions/parameters.ts';
import type { InterviewProfile } from '@yingdeng/rules/service-class.ts';
import type { CityPerson } from './people.ts';

/** How a person stands at the end of the history. */
export type Situation = 'open' | 'active' | 'exitPending' | 'exited' | 'refused' | 'withdrawn';

/** An application; `*At` are instants as ISO text. */
export interface CityApplication {
  channel: 'portal' | 'counter' | 'platform' | 'benefit';
  status: 'submitted' | 'registered' | 'refused' | 'withdrawn' | 'duplicate';
  /** County where the registration is asked for. */
  division: string;
  /** Office that owns the case: the street where there is one, else the county. */
  office: string;
  place: RegistrationPlace;
  /** Box of the form, 1–13. */
  box: number;
  wantsBenefit: boolean;
  unemployedMonth: string;
  submittedOn: PlainDate;
  submittedAt: string;
  dueOn: PlainDate;
  decidedAt?: string;
  /** Closed-list ground of a refusal. */
  ground?: 'drawingPension' | 'employed' | 'inBusiness';
}

/** An attempt or a contact of a registration. */
export interface CityContact {
  purpose: 'first' | 'followUp';
  means: 'telephone' | 'visit' | 'message' | 'counter' | 'comparison' | 'selfReport';
  reached: boolean;
  at: string;
  /** Set for the contact that fulfils the first one. */
  interview?: { reason: string; skills: string; wishes: string; profile: InterviewProfile };
}

/** An exit, confirmed or waiting. */
export interface CityExit {
  status: 'proposed' | 'asked' | 'confirmed';
  source: 'clerk' | 'worker' | 'comparison';
  reason: string;
  subReason?: string;
  evidence: { kind: ExitEvidenceKind; date: PlainDate; text: string }[];
  remark: string;
  exitOn: PlainDate;
  proposedAt: string;
  /** When the worker was asked about what a comparison found, and agreed. */
  askedAt?: string;
  answeredAt?: string;
  confirmedAt?: string;
  handledOn?: PlainDate;
  /** Of an exit into a public-welfare post: the day the person left it, where another registration followed. */
  leftOn?: PlainDate;
}

/** A registration with what followed. */
export interface CityRegistration {
  status: 'active' | 'exitProposed' | 'exited';
  registeredAt: string;
  registeredOn: PlainDate;
  firstContactDue: PlainDate;
  contacts: CityContact[];
  exit?: CityExit;
}

/** One application and what came of it. */
export interface CityEpisode {
  application: CityApplication;
  registration?: CityRegistration;
}

/** A person with the whole history, oldest episode first. */
export interface CityHistory {
  person: CityPerson;
  situation: Situation;
  episodes: CityEpisode[];
}
