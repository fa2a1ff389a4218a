-- What was due and given in a period is frozen as the people are: a list of records an office, under the same seal.
alter table report_list drop constraint report_list_kind_check;
alter table report_list add constraint report_list_kind_check check (kind in ('opening', 'stock', 'movements', 'besides', 'services'));
comment on column report.services is 'Service sheet (M79-3a, M79-4a, A21-4a) by office, of a whole by part: counted from the frozen lists.';
