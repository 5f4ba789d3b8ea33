-- For how long a hub may be silent while a write of its own can still be under way.

alter table hub_node add column patience_ms bigint default 30000 not null;

-- The ids of the payload keys that a hub has, with spaces between them; the first one encrypts.

alter table hub_node add column payload_keys varchar;
