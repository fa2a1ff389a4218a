// Every clause of the three documents, numbered. The number is how code, tests, provisions and docs name a clause;
// docs/clauses.md is made from this list. The wording is ours; the documents themselves are the law.

/** What a clause is about. */
export type ClauseKind =
  | 'bundle'
  | 'channel'
  | 'cleaning'
  | 'credit'
  | 'deadline'
  | 'eligibility'
  | 'exchange'
  | 'exit'
  | 'followup'
  | 'form'
  | 'goal'
  | 'lists'
  | 'loop'
  | 'notice'
  | 'precedence'
  | 'prohibition'
  | 'publicity'
  | 'service'
  | 'statistics'
  | 'supervision'
  | 'verification';

/** One numbered clause: `clause` as the document prints its number, `asks` what it asks of the office or the system. */
export interface Clause {
  readonly id: string;
  readonly document: string;
  readonly clause: string;
  readonly kind: ClauseKind;
  readonly asks: string;
}

type Row = readonly [id: string, clause: string, kind: ClauseKind, asks: string];

const anshan: readonly Row[] = [
  [
    'A21-1a',
    '一',
    'eligibility',
    'Urban and rural people from 16 until they draw a basic pension, able and wishing to work, without work, may register.',
  ],
  ['A21-1b', '一', 'eligibility', 'They register where their household is registered or where they usually live.'],
  [
    'A21-1c',
    '一',
    'eligibility',
    'Hong Kong and Macao residents who are Chinese citizens, and Taiwan residents, may register after losing a job on the mainland.',
  ],
  ['A21-2a', '二', 'channel', 'Online registration through the one national entry, with the form of annex 1.'],
  ['A21-2b', '二', 'form', 'The worker promises in writing that what the form says is true.'],
  [
    'A21-2c',
    '二',
    'form',
    'The identity documents that are valid for mainland, Hong Kong, Macao and Taiwan residents.',
  ],
  [
    'A21-2d',
    '二',
    'channel',
    'Registration at the counter goes on, down to streets and communities, and points to the online way as well.',
  ],
  ['A21-3a', '三', 'deadline', 'An application is decided within 7 working days.'],
  [
    'A21-3b',
    '三',
    'verification',
    'Check against cardholders, insurance enrolment and employment filing; where that settles nothing, staff look into it.',
  ],
  ['A21-3c', '三', 'exchange', 'Approved registrations go promptly to the system the province runs.'],
  ['A21-3d', '三', 'notice', 'The worker is told the result without asking.'],
  [
    'A21-4a',
    '四',
    'service',
    'One-stop service by class and grade, begun by the office, with every service and policy on record.',
  ],
  [
    'A21-4b',
    '四(一)',
    'service',
    'Record circumstances, reason, skills and wishes; explain what follows and what ends a registration.',
  ],
  [
    'A21-4c',
    '四(二)',
    'lists',
    'Hand over the lists of policies, of services and of institutions, with the columns named.',
  ],
  [
    'A21-4d',
    '四(三)',
    'service',
    'Training, coaching and matching vacancies for job seekers, and asking afterwards how it went.',
  ],
  ['A21-4e', '四(四)', 'service', 'Training, guidance, finance and loan help for those who start a business.'],
  [
    'A21-4f',
    '四(五)',
    'service',
    'A named officer, a personal plan and, at the end, a public-welfare post for people with difficulty finding work.',
  ],
  ['A21-4g', '四(六)', 'service', 'Introduce support policies and accept the application on the spot.'],
  [
    'A21-4h',
    '四(七)',
    'bundle',
    'Registration and unemployment benefit are handled together, also when the person comes to the benefit office first.',
  ],
  [
    'A21-5a',
    '五',
    'followup',
    'Services and results are entered as they happen; registrants are encouraged to report for themselves.',
  ],
  ['A21-5b', '五', 'followup', 'At least one follow-up a month: data comparison, visit or telephone.'],
  ['A21-5c', '五', 'credit', 'Falsehood that obtained benefit or support goes into the credit system.'],
  ['A21-5d', '五', 'exit', 'End a registration when a circumstance occurs and tell the person, four groups excepted.'],
  [
    'A21-5e',
    '五(一)(二)',
    'exit',
    'Circumstances: basic pension, hired, in business, stable income at or above the minimum living standard.',
  ],
  [
    'A21-5f',
    '五(三)',
    'exit',
    'Circumstances: study, service, emigration, lost ability, prison, death, three refusals, six months out of reach.',
  ],
  ['A21-5g', '五(四)', 'exit', 'Circumstances set by the locality.'],
  [
    'A21-6a',
    '六',
    'statistics',
    'Urban statistics hold every registered person living in a town, wherever the household is.',
  ],
  ['A21-6b', '六', 'statistics', 'System and report agree; more and more the report comes from the system.'],
  ['A21-6c', '六', 'exchange', 'All registration information is reported on schedule under the monitoring system.'],
  [
    'A21-7a',
    '七',
    'prohibition',
    'No refusal because the person lives apart from the household registration or the household is elsewhere.',
  ],
  [
    'A21-7b',
    '七',
    'publicity',
    'Institutions, online ways and the process are public; enquiries through 8890 are answered.',
  ],
  ['A21-8a', '附件1', 'form', 'The registration form, field by field, and how it prints.'],
  ['A21-8b', '附件2', 'publicity', 'The process chart is shown to the public.'],
];

const henan: readonly Row[] = [
  ['H122-1', '一', 'goal', 'Whoever should be registered is registered, whoever should be covered is covered.'],
  ['H122-2a', '二', 'eligibility', 'Registration at household, residence, employment or insurance place.'],
  [
    'H122-2b',
    '二',
    'prohibition',
    'The five must-nots hold; notice and commitment replace papers; decided in time online and at the counter.',
  ],
  [
    'H122-2c',
    '二',
    'exchange',
    'Applications handed over by the national platform are settled within the same time limit.',
  ],
  [
    'H122-2d',
    '二',
    'verification',
    'Verify by comparison with market regulation, social insurance and others, or by hand.',
  ],
  [
    'H122-2e',
    '二',
    'bundle',
    'Registration, introduction, benefit and recognition of difficulty are handled together.',
  ],
  ['H122-2f', '二', 'deadline', 'Contact within 5 working days of registration, recording reason, skills and wishes.'],
  ['H122-2g', '二', 'followup', 'One follow-up a month.'],
  ['H122-3a', '三', 'statistics', 'Three further groups count among the urban registered unemployed and in the rate.'],
  ['H122-3b', '三', 'statistics', 'Registrations of the platform and of the offices are merged and all counted.'],
  [
    'H122-3c',
    '三',
    'exchange',
    'Registrations since 31 March 2020 and benefit recipients are loaded into the provincial system.',
  ],
  [
    'H122-3d',
    '三',
    'cleaning',
    'Central check: invalid registrations are found by comparison and by hand and removed.',
  ],
  ['H122-3e', '三', 'statistics', 'Reports come from the system; supervision is by real name.'],
  ['H122-4a', '四', 'supervision', 'Staff and hotline agents are trained and give one answer.'],
  [
    'H122-4b',
    '四',
    'supervision',
    'Progress reports, telephone surveys by third parties, a part in the yearly assessment.',
  ],
];

const national: readonly Row[] = [
  ['M79-1a', '一(一)', 'eligibility', 'Registration at household, residence, employment or insurance place.'],
  [
    'M79-1b',
    '一(一)',
    'eligibility',
    'Graduates without work and recipients of the stage benefits are served as registrants are.',
  ],
  [
    'M79-2a',
    '一(二)',
    'prohibition',
    'No proof of identity beyond the identity document; notice and commitment everywhere.',
  ],
  ['M79-2b', '一(二)', 'prohibition', 'No proof that the last employment ended.'],
  ['M79-2c', '一(二)', 'prohibition', 'No diplomas, certificates or personnel files.'],
  ['M79-2d', '一(二)', 'prohibition', 'No dependence on being insured locally.'],
  ['M79-2e', '一(二)', 'prohibition', 'No dependence on qualifying for benefit.'],
  [
    'M79-2f',
    '一(二)',
    'prohibition',
    'No refusal for incomplete papers, for being uninsured or for not qualifying for benefit.',
  ],
  ['M79-3a', '一(三)', 'deadline', 'Decided within 3 working days; contact within 5 working days of registration.'],
  [
    'M79-3b',
    '一(三)',
    'service',
    'Service list and policy list, reason, skills and wishes, service by class and grade, help with policies.',
  ],
  ['M79-4a', '一(四)', 'followup', 'One follow-up a month.'],
  ['M79-4b', '一(四)', 'exit', 'Registrations end promptly in the listed circumstances, and the person is told.'],
  [
    'M79-4c',
    '一(四)',
    'prohibition',
    'Three refusals or six months out of reach do not by themselves end a registration.',
  ],
  ['M79-5a', '一(五)', 'bundle', 'Registration, benefit and recognition of difficulty are one matter.'],
  ['M79-5b', '一(五)', 'bundle', 'Data are exchanged with civil affairs for the minimum living guarantee.'],
  ['M79-6a', '二(六)', 'loop', 'Application, progress, result, service and exit form one loop in the system.'],
  ['M79-6b', '二(六)', 'bundle', 'Connected with the online application for unemployment benefit.'],
  ['M79-7a', '二(七)', 'exchange', 'Applications are downloaded promptly, decisions uploaded at once.'],
  ['M79-7b', '二(七)', 'exchange', 'Registrations since 31 March 2020 are uploaded; the platform shows what arrived.'],
  ['M79-8a', '二(八)', 'exchange', "Each day's exits are uploaded every day."],
  ['M79-8b', '二(八)', 'cleaning', 'Local registrations are brought up to date, and all valid ones uploaded once.'],
  [
    'M79-9',
    '三(九)',
    'statistics',
    'A month runs from the 21st to the 20th and is reported in the first 3 days of the next.',
  ],
  [
    'M79-10a',
    '三(十)',
    'statistics',
    'Who counts: of working age, able, willing, without work, registered in an urban area.',
  ],
  ['M79-10b', '三(十)', 'statistics', "Urban employment without a monthly figure is estimated from last year's end."],
  [
    'M79-11',
    '三(十一)',
    'statistics',
    'Platform and local registrations are merged; the ministry extracts from January 2021.',
  ],
  [
    'M79-13',
    '四(十三)',
    'supervision',
    'The notice reaches every clerk within 10 working days; staff and 12333 agents are trained.',
  ],
  [
    'M79-14',
    '四(十四)',
    'supervision',
    'Excess papers, unfinished systems and poor service are found; surveys; assessment.',
  ],
  ['M79-15', '四(十五)', 'publicity', 'Plain words on who may register, how, and what they get.'],
  ['M79-16', '末', 'precedence', 'In force from its issue; earlier provisions that disagree give way.'],
];

const annex: readonly Row[] = [
  [
    'M79X-1',
    '一',
    'exchange',
    'The local system ends registrations and uploads exits daily over the ministry interface.',
  ],
  ['M79X-2', '二(一)', 'exchange', 'An exit is known by division code of the place of exit and local serial number.'],
  ['M79X-3', '二(一)', 'exchange', 'The eleven fields, their types, lengths and checks.'],
  ['M79X-4', '二(二)', 'exchange', 'The code table of reasons for exit.'],
];

const henanDifficulty: readonly Row[] = [
  ['HN09-43', '第四十三条', 'service', 'Who counts as having difficulty finding work in Henan, by category (2009).'],
  ['HN09-44', '第四十四条', 'service', 'Recognition within 7 working days, with a ledger of its own.'],
];
const henan2015: readonly Row[] = [
  [
    'HN59-1',
    '就业困难人员范围',
    'service',
    'Henan from 2015: half a year without work counts; graduates within two years.',
  ],
];

function of(document: string, rows: readonly Row[]): Clause[] {
  return rows.map(([id, clause, kind, asks]) => ({ id, document, clause, kind, asks }));
}

/** All clauses, in the order of the documents. */
export const clauses: readonly Clause[] = [
  ...of('《河南省就业促进条例》', henanDifficulty),
  ...of('豫政〔2015〕59号', henan2015),
  ...of('鞍人社〔2020〕21号', anshan),
  ...of('豫人社办函〔2020〕122号', henan),
  ...of('人社厅发〔2020〕79号', national),
  ...of('人社厅发〔2020〕79号 附件', annex),
];

const byId = new Map(clauses.map((clause) => [clause.id, clause]));

/** The clause of an id, or undefined. */
export function findClause(id: string): Clause | undefined {
  return byId.get(id);
}
