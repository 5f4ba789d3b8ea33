-- Who asked in the principal's name (RFC 8693, 4.1): they do not count as another person either.
alter table approval add column actor varchar;
