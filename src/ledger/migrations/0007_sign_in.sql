-- Who is signed in, and how. Only hashes of secrets are kept: whoever reads this table can sign in as nobody.

create table accounts (
  org text not null references orgs (org),
  login text not null,
  person text not null,
  -- scrypt, with its salt and costs in the text; null for a login that only its provider knows
  secret text,
  created_at timestamptz not null default now(),
  disabled_at timestamptz,
  primary key (org, login)
);

-- The person behind a subject of an identity provider: `sub` is the identity, never a mail address. Somebody who came and
-- is linked to nobody yet waits under a code, which they tell whoever keeps the accounts.
create table identities (
  org text not null references orgs (org),
  issuer text not null,
  subject text not null,
  code text not null,
  person text,
  created_at timestamptz not null default now(),
  linked_at timestamptz,
  primary key (org, issuer, subject),
  unique (org, code)
);

create table sessions (
  org text not null references orgs (org),
  -- SHA-256 of the cookie
  hash bytea not null,
  id text not null,
  person text not null,
  how text not null check (how in ('local', 'oidc')),
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  ends_at timestamptz not null,
  stepped_up_until timestamptz,
  primary key (org, hash),
  unique (org, id)
);
create index sessions_of_person on sessions (org, person);

create table api_tokens (
  org text not null references orgs (org),
  id text not null,
  hash bytea not null,
  person text not null,
  scopes text[] not null,
  created_at timestamptz not null default now(),
  ends_at timestamptz not null,
  used_at timestamptz,
  revoked_at timestamptz,
  primary key (org, id),
  unique (org, hash)
);

-- A sign-in on its way through a provider: one use, ten minutes.
create table sign_ins (
  org text not null references orgs (org),
  state_hash bytea not null,
  nonce text not null,
  verifier text not null,
  return_to text not null,
  -- the session that shows again who is there, if it is that
  session_id text,
  created_at timestamptz not null default now(),
  primary key (org, state_hash)
);

-- Limits that hold across processes: how often in a window of time. The key is a hash, so no address is kept.
create table rate_counts (
  key text not null,
  window_start timestamptz not null,
  count integer not null,
  primary key (key, window_start)
);

-- What somebody has begun to write, sealed under their own key; nobody else reads it.
create table drafts (
  org text not null references orgs (org),
  person text not null,
  place text not null,
  version integer not null,
  sealed bytea not null,
  saved_at timestamptz not null default now(),
  primary key (org, person, place)
);
