import pg from 'pg';

/** The day whose exits are sent; "today" is the next one, in the system and at the platform alike. */
export const DAY = '2026-11-21';
export const NOW = '2026-11-22T10:00:00+08:00';

/**
 * So many confirmed exits of one day, each of a registration of its own; people and their sealed numbers are those of a
 * synthetic city, used several times over. Exits have ids and numbers in the order of their time, as the system gives them.
 * `county`: all of them in this one.
 */
export async function prepareExits(ownerUrl: string, count: number, county = ''): Promise<void> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query(
      `create temporary table pick as
       select row_number() over () - 1 as n, r.* from registration r where r.registered_on < $1::date - 30 and ($2 = '' or r.division = $2)`,
      [DAY, county],
    );
    await client.query('create index on pick (n)');
    await client.query(
      `create temporary table made as
       select gen_random_uuid() as registration_id, i, p.*,
         (lpad(to_hex($2::bigint + i), 12, '0') || '7000900c' || substr(md5(i::text), 1, 12))::uuid as exit_id
       from generate_series(0, $1::int - 1) i join pick p on p.n = i % (select count(*) from pick)`,
      [count, new Date(`${DAY}T09:00:00+08:00`).getTime()],
    );
    await client.query(
      `insert into registration (tenant, id, number, check_code, application_id, person_id, division, office, status, place_kind,
         channel, reason, registered_at, registered_on, basis, exited_on)
       select tenant, registration_id, 'B' || i, check_code, application_id, person_id, division, office, 'exited', place_kind, channel,
         reason, registered_at, registered_on, basis, $1 from made`,
      [DAY],
    );
    await client.query(
      `insert into exit (tenant, id, serial, registration_id, person_id, division, office, status, source, reason, evidence, exit_on,
         proposed_at, proposed_by_name, confirmed_at, confirmed_by_name, handled_on, basis, remark)
       select tenant, exit_id, 'B' || lpad(i::text, 15, '0'), registration_id, person_id, division, office, 'confirmed', 'clerk', '11',
         '[]', $1, $2::timestamptz, '李经办', $2::timestamptz, '李经办', $1, '{}', '' from made`,
      [DAY, `${DAY}T15:00:00+08:00`],
    );
    await client.query('vacuum analyze');
  } finally {
    await client.end();
  }
}
