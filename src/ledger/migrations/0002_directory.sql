-- The directory: people, sites, free texts and confidential entries. Everything personal is sealed by the
-- application (AES-256-GCM); the database sees refs, codes and ciphertext only. None of it is part of an export.

create table persons (
  org text not null,
  ref text not null,
  -- The person's data key, wrapped by the master key. Null once erased: what it sealed is noise from then on.
  wrapped_key bytea,
  created_at timestamptz not null default now(),
  erased_at timestamptz,
  primary key (org, ref),
  constraint persons_erased_has_no_key check ((wrapped_key is null) = (erased_at is not null))
);

create table person_fields (
  org text not null,
  ref text not null,
  field text not null,
  sealed bytea not null,
  primary key (org, ref, field),
  foreign key (org, ref) references persons (org, ref)
);

create table sites (
  org text not null,
  ref text not null,
  name text not null,
  zone text not null,
  calendar_hash text not null,
  created_at timestamptz not null default now(),
  primary key (org, ref)
);

create table texts (
  org text not null,
  ref text not null,
  subject text not null,
  -- Null once the subject was erased; the digest stays, its salt went with the key.
  sealed bytea,
  digest text not null,
  -- What the guards found (codes only) and the rule pack they used.
  findings text[] not null default '{}',
  pack text,
  state text not null default 'pending' check (state in ('pending', 'kept')),
  created_at timestamptz not null default now(),
  primary key (org, ref),
  foreign key (org, subject) references persons (org, ref)
);

create index texts_pending on texts (org, created_at) where state = 'pending';
create index texts_subject on texts (org, subject);

create table vault_keys (
  org text primary key,
  wrapped_key bytea not null,
  created_at timestamptz not null default now()
);

create table vault (
  org text not null,
  ref text not null,
  sealed bytea not null,
  salt bytea not null,
  digest text not null,
  primary key (org, ref)
);
