-- Registrations loaded back travel as files too, where files are the transport (M79-7b, M79-8b).
comment on column exchange_file.content_sealed is 'Decisions as JSON, in the order of the file; exits and registrations are kept by their batch.';
