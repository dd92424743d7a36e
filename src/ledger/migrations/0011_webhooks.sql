-- Programs that are told when something moved. The secret is sealed under the house's key; what is told are refs and positions.

create table webhooks (
  org text not null references orgs (org),
  id text not null,
  url text not null,
  secret bytea not null,
  created_by text not null,
  created_at timestamptz not null default now(),
  -- everything up to here was taken by the receiver
  position bigint not null,
  -- how often in a row the receiver did not take it, and when it is tried again
  failures integer not null default 0,
  next_at timestamptz not null default now(),
  last_status integer,
  disabled_at timestamptz,
  primary key (org, id)
);
