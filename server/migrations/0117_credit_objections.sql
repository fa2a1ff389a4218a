-- Objections to credit records have a day by which they are answered, and stand on the worklist (A21-5c).

alter table credit_record add column objection_due date;
-- Objections that wait already: due at once.
update credit_record set objection_due = current_date where objection <> '' and objection_answer = '' and state = 'inForce';
drop index credit_record_due;
-- What one county's second person has to decide or answer, the earliest due first.
create index credit_record_owed on credit_record (division, coalesce(objection_due, answer_due), id)
  where state = 'noticed' or (state = 'inForce' and objection_due is not null and objection_answer = '');
