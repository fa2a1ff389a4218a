import { sql } from '../../platform/sql.ts';

/** What is known of a registered person's search; nothing of sex, age or household registration is read. */
export interface SeekerRow {
  tenant: string;
  id: string;
  person_id: string;
  application_id: string;
  number: string;
  division: string;
  office: string;
  status: 'active' | 'exitProposed' | 'exited';
  residence: string;
  /** Sealed addresses of the person's file; absent where the reader does not see it. */
  contact_sealed: Buffer | null;
  education: string;
  form_wishes: string[] | null;
  form_qualifications: string[] | null;
  skills: string | null;
  wishes_told: string | null;
  wishes: string[] | null;
  trained: string[] | null;
  wage: number | null;
  skill: number | null;
}

// The person's file where the reader sees it, else the form; the latest interview; what the person put in.
const facts = `r.tenant, r.id, r.person_id, r.application_id, r.number, r.division, r.office, r.status,
     coalesce(p.residence_division, a.form->'residence'->>'division') as residence, p.contact_sealed, coalesce(p.education, a.form->>'education') as education,
     a.form->'wishes' as form_wishes, a.form->'qualifications' as form_qualifications,
     i.interview->>'skills' as skills, i.interview->>'wishes' as wishes_told, w.wishes, w.trained, w.wage, w.skill`;
const joins = `join application a on a.tenant = r.tenant and a.id = r.application_id
   left join person p on p.tenant = r.tenant and p.id = r.person_id
   left join job_wish w on w.tenant = r.tenant and w.registration_id = r.id
   left join lateral (select interview from contact c where c.tenant = r.tenant and c.registration_id = r.id and c.interview is not null
     order by c.at desc limit 1) i on true`;

/** One registered person: primary keys and one index range. */
export const seekerOf = sql<SeekerRow, [tenant: string, registration: string]>(
  'seeker.of',
  `select ${facts} from registration r ${joins} where r.tenant = $1 and r.id = $2`,
);

/** A worker's own valid registration. */
export const mySeeker = sql<SeekerRow, [person: string]>(
  'seeker.mine',
  `select ${facts} from registration r ${joins} where r.person_id = $1 and r.status <> 'exited' order by r.registered_at desc limit 1`,
);

/** Valid registrations of a city in key order, a page at a time: primary key, then the same look-ups. */
export const seekersPage = sql<SeekerRow, [tenant: string, lo: string, hi: string, after: string, limit: number]>(
  'seeker.page',
  `select ${facts} from (
     select * from registration where tenant = $1 and office >= $2 and office < $3 and id > $4 and status <> 'exited' order by id limit $5
   ) r ${joins} order by r.id`,
);

export const putWish = sql<
  Record<string, never>,
  [
    tenant: string,
    registration: string,
    person: string,
    office: string,
    wishes: readonly string[],
    trained: readonly string[],
    wage: number | null,
    skill: number,
    now: Date,
    by: string,
  ]
>(
  'seeker.putWish',
  `insert into job_wish (tenant, registration_id, person_id, office, wishes, trained, wage, skill, changed_at, changed_by_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
   on conflict (tenant, registration_id) do update set office = excluded.office, wishes = excluded.wishes, trained = excluded.trained,
     wage = excluded.wage, skill = excluded.skill, changed_at = excluded.changed_at, changed_by_name = excluded.changed_by_name`,
);
