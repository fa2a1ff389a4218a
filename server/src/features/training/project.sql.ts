import type { TrainingKind } from '@yingdeng/rules/training.ts';
import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface ProjectRow {
  tenant: string;
  id: string;
  office: string;
  name: string;
  kind: TrainingKind;
  occupation: string | null;
  institution: string;
  place: string;
  starts_on: string;
  ends_on: string;
  apply_by: string;
  seats: number;
  taken: number;
  fee: number;
  telephone: string;
  content: string;
  state: 'open' | 'closed';
  version: number;
}

export const projectColumns = `o.tenant, o.id, o.office, o.name, o.kind, o.occupation, o.institution, o.place, o.starts_on, o.ends_on,
     o.apply_by, o.seats, o.taken, o.fee, o.telephone, o.content, o.state, o.version`;

/** Projects of a city that take people on a day, the soonest first: index training_project_list. */
export const openProjects = sql<ProjectRow, [tenant: string, on: string, q: string | null]>(
  'training.openProjects',
  `select ${projectColumns} from training_project o
   where o.tenant = $1 and o.state = 'open' and o.apply_by >= $2
     and ($3::text is null or o.name ilike '%' || $3 || '%' or o.institution ilike '%' || $3 || '%')
   order by o.apply_by, o.id limit 200`,
);

/** Those that no longer take people, the latest first: index training_project_list, a range a state. */
export const endedProjects = sql<ProjectRow, [tenant: string, on: string, q: string | null]>(
  'training.endedProjects',
  `select ${projectColumns} from training_project o
   where o.tenant = $1 and ((o.state = 'open' and o.apply_by < $2) or o.state = 'closed')
     and ($3::text is null or o.name ilike '%' || $3 || '%' or o.institution ilike '%' || $3 || '%')
   order by o.apply_by desc, o.id limit 200`,
);

export const findProject = sql<ProjectRow, Key>(
  'training.findProject',
  `select ${projectColumns} from training_project o where o.tenant = $1 and o.id = $2`,
);

export const lockProject = sql<ProjectRow, Key>(
  'training.lockProject',
  `select ${projectColumns} from training_project o where o.tenant = $1 and o.id = $2 for update`,
);

type Fields = [
  name: string,
  kind: TrainingKind,
  occupation: string | null,
  institution: string,
  place: string,
  startsOn: string,
  endsOn: string,
  applyBy: string,
  seats: number,
  fee: number,
  telephone: string,
  content: string,
];

export const putProject = sql<
  Record<string, never>,
  [...Key, ...Fields, division: string, office: string, now: Date, by: string]
>(
  'training.putProject',
  `insert into training_project (tenant, id, name, kind, occupation, institution, place, starts_on, ends_on, apply_by, seats, fee,
     telephone, content, division, office, state, entered_at, entered_by_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 'open', $17, $18)`,
);

export const changeProject = sql<Record<string, never>, [...Key, ...Fields, state: string, closedReason: string]>(
  'training.changeProject',
  `update training_project set name = $3, kind = $4, occupation = $5, institution = $6, place = $7, starts_on = $8, ends_on = $9,
     apply_by = $10, seats = $11, fee = $12, telephone = $13, content = $14, state = $15, closed_reason = $16, version = version + 1
   where tenant = $1 and id = $2`,
);

/** Takes one seat; nothing when none is free. The row's lock lets clerks follow each other, so seats are never oversold. */
export const takeSeat = sql<Record<string, never>, [...Key, on: string]>(
  'training.takeSeat',
  `update training_project set taken = taken + 1, version = version + 1
   where tenant = $1 and id = $2 and state = 'open' and taken < seats and apply_by >= $3`,
);

/** Gives a seat back when its person drops out before the start. */
export const freeSeat = sql<Record<string, never>, Key>(
  'training.freeSeat',
  'update training_project set taken = taken - 1, version = version + 1 where tenant = $1 and id = $2',
);
