-- Files that are named but not written: what a full disk left, or what was damaged on the way; none most of the time.
create index exchange_file_intended on exchange_file (tenant, name) where state = 'intended';
