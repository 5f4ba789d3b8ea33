-- How many writes were made on a day, UTC, by name: a digest of the caller, or an EHR.

create table write_count (
  counted_on  varchar(10) not null,
  name        varchar(64) not null,
  writes      int not null,
  primary key (counted_on, name)
);
