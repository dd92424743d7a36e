-- Words of the house to one person that belong to no case: a token was made in their name, a password was set, their page
-- has a new address. They are kept with what they tell of, in one transaction, and sent by the worker.

create table house_mail (
  org text not null references orgs (org),
  id text not null,
  person text not null,
  kind text not null,
  -- the case or the link it is about; null for none
  about text,
  -- which code of that link
  n integer,
  at timestamptz not null default now(),
  state text not null default 'queued' check (state in ('queued', 'sent', 'failed', 'unknown')),
  outcome text,
  tries integer not null default 0,
  tried_at timestamptz,
  primary key (org, id)
);
create index house_mail_queued on house_mail (org, at) where state = 'queued';

-- A code that shows once more who has a link in hand. It follows from the keys, the link and its number: none is kept.
create table link_codes (
  org text not null references orgs (org),
  link text not null,
  n integer not null,
  made_at timestamptz not null default now(),
  tries integer not null default 0,
  used_at timestamptz,
  primary key (org, link, n)
);

-- An office that reads what nobody else may is given by two: it waits here for the second word.
create table offices_asked (
  org text not null references orgs (org),
  id text not null,
  person text not null,
  capacity text not null,
  scope text not null,
  until_at bigint,
  asked_by text not null,
  asked_at bigint not null,
  answer text check (answer in ('given', 'refused')),
  answered_by text,
  answered_at bigint,
  primary key (org, id)
);
create unique index offices_open on offices_asked (org, person, capacity, scope) where answer is null;
