-- A worker applies for recognition of difficulty by himself or herself (M79-5a); deciding stays with the office.
create policy own_insert on difficulty for insert with check (
  current_setting('yingdeng.role', true) = 'worker' and person_id = nullif(current_setting('yingdeng.person', true), '')::uuid
  and state = 'applied' and decided_at is null and valid_from is null);
