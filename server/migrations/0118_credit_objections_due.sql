-- Nobody's objection is without a day by which it is answered: one without would stand on no list (A21-5c).
update credit_record set objection_due = current_date where objection <> '' and objection_due is null;
alter table credit_record add constraint credit_record_objection check (objection = '' or objection_due is not null);
