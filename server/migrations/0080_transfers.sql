-- A valid registration goes to another office of the city, with all that is open about it (M79-1a: it may be held at household, residence, place
-- of employment or of insurance, and people move). Where a registration stood at an instant is told from these rows: at the first transfer that
-- follows the instant it was still in from_office; after the last one it is where the registration says.
create table registration_transfer (
  tenant char(4) not null,
  id uuid not null,
  registration_id uuid not null,
  application_id uuid not null,
  person_id uuid not null,
  from_division char(6) not null,
  from_office text collate "C" not null,
  from_place text not null,
  division char(6) not null,
  office text collate "C" not null,
  place_kind text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  reason text not null,
  primary key (tenant, id),
  check (left(division, 4) = tenant),
  check (left(office, 6) = division),
  check (left(from_division, 4) = tenant),
  check (left(from_office, 6) = from_division),
  check (office <> from_office)
);
comment on table registration_transfer is 'Registrations that went from one office of the city to another: from where, to where, on which place of registration, when, why. Append-only.';
create index registration_transfer_registration on registration_transfer (tenant, registration_id, at);
create index registration_transfer_application on registration_transfer (tenant, application_id);
create index registration_transfer_person on registration_transfer (person_id);
-- What moved in a period, and what stood elsewhere at an instant: a handful beside the registrations.
create index registration_transfer_at on registration_transfer (tenant, at);

alter table registration_transfer add constraint registration_transfer_fk foreign key (tenant, registration_id) references registration (tenant, id);

grant select, insert on registration_transfer to yingdeng_app;
alter table registration_transfer enable row level security;
-- Both offices know of it.
create policy staff_range on registration_transfer for select using (
  (office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true))
  or (from_office >= current_setting('yingdeng.lo', true) and from_office < current_setting('yingdeng.hi', true)));
create policy own_rows on registration_transfer for select using (person_id = nullif(current_setting('yingdeng.person', true), '')::uuid);
create policy staff_insert on registration_transfer for insert with check (
  current_setting('yingdeng.role', true) = any ('{clerk,system}')
  and office >= current_setting('yingdeng.lo', true) and office < current_setting('yingdeng.hi', true)
  and from_office >= current_setting('yingdeng.lo', true) and from_office < current_setting('yingdeng.hi', true));

-- What was done stays where it was done. The office that holds the registration now reads it all the same: transfers are few, so the look into
-- them costs nothing, and only one that is found leads on to the registration.
do $$
declare
  t text;
  held constant text := 'exists (select 1 from registration_transfer t join registration r on r.tenant = t.tenant and r.id = t.registration_id
      where t.tenant = %1$I.tenant and t.%2$I = %1$I.%2$I
        and r.office >= current_setting(''yingdeng.lo'', true) and r.office < current_setting(''yingdeng.hi'', true))';
begin
  foreach t in array array['registration_action', 'contact', 'list_handover', 'correction', 'exit', 'service_record', 'service_class', 'plan',
    'plan_step', 'difficulty', 'referral', 'welfare_placement', 'policy_application', 'training_enrolment'] loop
    execute format('create policy held_rows on %1$I for select using (' || held || ')', t, 'registration_id');
  end loop;
  -- Credit is for fewer eyes, here too.
  execute format('create policy held_rows on %1$I for select using (current_setting(''yingdeng.role'', true) = any (''{clerk,supervisor,system}'')
    and ' || held || ')', 'credit_record', 'registration_id');
  foreach t in array array['application_action', 'check_result', 'objection'] loop
    execute format('create policy held_rows on %1$I for select using (' || held || ')', t, 'application_id');
  end loop;
  execute format('create policy held_rows on %1$I for select using (' || held || ')', 'message', 'person_id');
end
$$;
