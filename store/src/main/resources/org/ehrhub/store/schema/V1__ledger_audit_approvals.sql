-- One SQL for H2 and PostgreSQL. Times are milliseconds of the epoch, UTC, but the heartbeat, which is the database's own clock.

create table hub_node (
  node     varchar(32) not null primary key,
  beat_at  timestamp with time zone not null
);

create table idempotency (
  write_key   varchar(64) not null primary key,
  digest      varchar(64) not null,
  state       varchar(8) not null,
  node        varchar(32) not null,
  changed_ms  bigint not null
);

create table approval (
  id           varchar(64) not null primary key,
  digest       varchar(64) not null,
  principal    varchar not null,
  tool         varchar not null,
  ehr          varchar(32) not null,
  need         varchar(9) not null,
  preview      varchar not null,
  state        varchar(8) not null,
  open_key     varchar(64) unique,
  asked_ms     bigint not null,
  expires_ms   bigint not null,
  decided_by   varchar,
  decided_ms   bigint,
  reason       varchar,
  used_by      varchar(64),
  used_ms      bigint
);

create table ehr_login (
  ehr            varchar(32) not null,
  principal      varchar(512) not null,
  refresh_token  varchar not null,
  kept_ms        bigint not null,
  primary key (ehr, principal)
);

create table audit_record (
  node          varchar(32) not null,
  seq           bigint not null,
  at_ms         bigint not null,
  call_id       varchar not null,
  stage         varchar(32) not null,
  principal     varchar not null,
  on_behalf_of  varchar,
  client        varchar,
  purpose       varchar,
  tool          varchar not null,
  ehrs          varchar not null,
  patients      varchar not null,
  records       varchar not null,
  decision      varchar,
  decided_by    varchar,
  approval      varchar,
  downstream    varchar,
  outcome       varchar not null,
  duration_us   bigint,
  trace_id      varchar,
  hash          varchar(128) not null,
  primary key (node, seq)
);

create table audit_checkpoint (
  node          varchar(32) not null,
  seq           bigint not null,
  hash          varchar(128) not null,
  previous_seq  bigint not null,
  others        varchar not null,
  at_ms         bigint not null,
  key_id        varchar(32) not null,
  signature     varchar(256) not null,
  primary key (node, seq)
);

create table audit_pruned (
  node       varchar(32) not null primary key,
  seq        bigint not null,
  hash       varchar(128) not null,
  at_ms      bigint not null,
  key_id     varchar(32) not null,
  signature  varchar(256) not null
);
