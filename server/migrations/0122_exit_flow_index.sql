-- Who held a registration before reads its exits (0080): the policy asks for the registration, so the index from which exits are counted has it too.
drop index exit_confirmed;
create index exit_confirmed on exit (division, confirmed_at)
  include (tenant, office, person_id, registration_id, reason, status, restored_at) where status in ('confirmed', 'restored');
