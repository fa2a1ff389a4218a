import { sql } from '../../platform/sql.ts';

type Key = [tenant: string, id: string];

export interface PostRow {
  tenant: string;
  id: string;
  office: string;
  employer: string;
  title: string;
  place: string;
  duties: string;
  wage: number;
  posts: number;
  taken: number;
  valid_to: string;
  state: 'open' | 'closed';
  closed_reason: string;
  version: number;
}

const columns =
  'tenant, id, office, employer, title, place, duties, wage, posts, taken, valid_to, state, closed_reason, version';

/** Most posts a list shows; a city has some hundreds. */
export const MOST_POSTS = 500;

/** Posts of a city, newest first: index welfare_post_list. */
export const postsOf = sql<PostRow, [tenant: string, state: string, q: string | null]>(
  'welfare.posts',
  `select ${columns} from welfare_post
   where tenant = $1 and state = $2 and ($3::text is null or employer ilike '%' || $3 || '%' or title ilike '%' || $3 || '%')
   order by entered_at desc limit ${MOST_POSTS}`,
);

/** Those with a free place on a day: index welfare_post_list. */
export const freePosts = sql<PostRow, [tenant: string, on: string]>(
  'welfare.freePosts',
  `select ${columns} from welfare_post where tenant = $1 and state = 'open' and taken < posts and valid_to >= $2
   order by entered_at desc limit 100`,
);

export const lockPost = sql<PostRow, Key>(
  'welfare.lockPost',
  `select ${columns} from welfare_post where tenant = $1 and id = $2 for update`,
);

export const putPost = sql<
  Record<string, never>,
  [
    ...Key,
    division: string,
    office: string,
    employer: string,
    title: string,
    place: string,
    duties: string,
    wage: number,
    posts: number,
    validTo: string,
    now: Date,
    by: string,
  ]
>(
  'welfare.putPost',
  `insert into welfare_post (tenant, id, division, office, employer, title, place, duties, wage, posts, valid_to, state, entered_at, entered_by_name)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', $12, $13)`,
);

export const changePost = sql<
  Record<string, never>,
  [...Key, employer: string, title: string, place: string, duties: string, wage: number, posts: number, validTo: string]
>(
  'welfare.changePost',
  `update welfare_post set employer = $3, title = $4, place = $5, duties = $6, wage = $7, posts = $8, valid_to = $9, version = version + 1
   where tenant = $1 and id = $2`,
);

export const closePost = sql<Record<string, never>, [...Key, reason: string]>(
  'welfare.closePost',
  `update welfare_post set state = 'closed', closed_reason = $3, version = version + 1 where tenant = $1 and id = $2`,
);

/** Takes one place; nothing when none is free. The row's lock lets two clerks follow each other, so a post is never overfilled. */
export const takePlace = sql<Record<string, never>, [...Key, on: string]>(
  'welfare.takePlace',
  `update welfare_post set taken = taken + 1, version = version + 1
   where tenant = $1 and id = $2 and state = 'open' and taken < posts and valid_to >= $3`,
);

/** Gives a place back when its person leaves. */
export const freePlace = sql<Record<string, never>, Key>(
  'welfare.freePlace',
  'update welfare_post set taken = taken - 1, version = version + 1 where tenant = $1 and id = $2',
);
