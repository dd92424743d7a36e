-- The ledger, what is derived from it in the same transaction, and the functions of a step.
-- Instants are milliseconds since the epoch (bigint); ids and codes are text; bodies are text, hashed as stored.

create table orgs (
  org text primary key,
  sandbox boolean not null,
  clock bigint,
  quiet_ms integer not null,
  created_at timestamptz not null default clock_timestamp(),
  check (sandbox = (clock is not null))
);

-- One row an organization: the lock every append takes first, and the end of the chain.
create table heads (
  org text primary key references orgs,
  position bigint not null default 0,
  at bigint not null default 0,
  hash bytea not null default '\x'
);

create table ledger (
  org text not null references orgs,
  position bigint not null,
  case_id text not null,
  sequence integer not null,
  kind text not null,
  at bigint not null,
  actor text not null,
  how text not null,
  capacity text not null,
  on_behalf_of text not null,
  decision_id text not null,
  decision_index integer not null,
  asked_at bigint not null,
  supersedes text not null,
  visibility text not null,
  retention text not null,
  facts text not null,
  terms text not null,
  -- [[ref, salted digest], …] of the sealed texts the body names, in order of first appearance
  texts text not null,
  body text not null,
  prev bytea not null,
  hash bytea not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (org, position),
  unique (org, case_id, sequence),
  unique (org, decision_id, decision_index)
);

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
  raise exception 'ledger_append_only: rows are never changed; record a superseding decision';
end $$;
create trigger ledger_no_change before update or delete on ledger
  for each row execute function ledger_is_append_only();
create trigger ledger_no_truncate before truncate on ledger
  for each statement execute function ledger_is_append_only();

-- The state row is a cache: a fold of the ledger equals it.
create table cases (
  org text not null references orgs,
  case_id text not null,
  kind text not null,
  site text not null,
  sequence integer not null,
  fold_version integer not null,
  state text not null,
  reads jsonb not null,
  stage text not null,
  status text not null,
  confidential boolean not null,
  next_wake bigint,
  opened_at bigint not null,
  moved_at bigint not null,
  primary key (org, case_id)
);
create index cases_wake on cases (org, next_wake) where next_wake is not null;

create table obligations (
  org text not null,
  case_id text not null,
  id text not null,
  code text not null,
  owner text not null,
  since bigint not null,
  due bigint not null,
  visibility text not null,
  at_silence text not null,
  next text,
  next_rung text,
  next_rung_at bigint,
  next_rung_to text,
  reminded integer not null,
  primary key (org, case_id, id)
);
create index obligations_owner on obligations (org, owner);
create index obligations_due on obligations (org, due);

create table facts (
  org text not null,
  kind text not null,
  subject text not null,
  value text not null,
  case_id text not null,
  sequence integer not null,
  primary key (org, kind, subject)
);

create table notices (
  org text not null,
  key text not null,
  from_case text not null,
  to_case text not null,
  starts boolean not null,
  kind text not null,
  body text not null,
  at bigint not null,
  -- null: not handled yet; else handled | not_wanted
  outcome text,
  primary key (org, key)
);
create index notices_open on notices (org, to_case) where outcome is null;
create index notices_from on notices (org, from_case) where outcome is null;

create table prompts (
  org text not null,
  key text not null,
  case_id text not null,
  obligation text not null,
  code text not null,
  rung text not null,
  how text not null,
  owner text not null,
  due bigint not null,
  send_after bigint not null,
  visibility text not null,
  site text not null,
  -- queued → sending → sent | failed | unknown | dropped
  state text not null default 'queued',
  recipient text,
  message_id text,
  -- which wording went out; the words themselves are not kept
  template_version integer,
  attempts integer not null default 0,
  outcome text,
  claimed_at timestamptz,
  settled_at bigint,
  primary key (org, key)
);
create index prompts_open on prompts (org, case_id) where state in ('queued', 'sending');

create table decisions (
  org text not null,
  decision_id text not null,
  case_id text not null,
  digest text not null,
  receipt text not null,
  primary key (org, decision_id)
);

-- Terms by content: policy, calendar, profile, comparator. A state keeps hashes.
create table documents (
  org text not null references orgs,
  hash text not null,
  kind text not null,
  body text not null,
  primary key (org, hash)
);

-- Projections of the house streams.
create table terms_in_force (
  org text not null references orgs,
  site text not null,
  policy text not null,
  calendar text not null,
  profile text not null,
  comparator text,
  primary key (org, site)
);
create table assignments (
  org text not null references orgs,
  id text not null,
  person text not null,
  capacity text not null,
  scope text not null,
  from_at bigint not null,
  to_at bigint,
  primary key (org, id)
);
create index assignments_person on assignments (org, person);
create index assignments_scope on assignments (org, capacity, scope);
create table delegations (
  org text not null references orgs,
  id text not null,
  absent text not null,
  stand_in text not null,
  since_at bigint not null,
  until_at bigint,
  primary key (org, id)
);
create table jobs (
  org text not null references orgs,
  name text not null,
  next_at bigint not null,
  primary key (org, name)
);

-- A field as a netstring, so that no two lists of fields can look alike.
create function framed(t text) returns text language sql immutable as
$$ select octet_length(convert_to(t, 'UTF8'))::text || ':' || t || ',' $$;

create function row_hash(prev bytea, r ledger) returns bytea language sql immutable as $$
  select sha256(convert_to(
    'peer-hire/row/1,' || framed(encode(prev, 'hex')) || framed(r.org) || framed(r.position::text)
    || framed(r.case_id) || framed(r.sequence::text) || framed(r.kind) || framed(r.at::text) || framed(r.actor)
    || framed(r.how) || framed(r.capacity) || framed(r.on_behalf_of) || framed(r.decision_id)
    || framed(r.decision_index::text) || framed(r.asked_at::text) || framed(r.supersedes) || framed(r.visibility)
    || framed(r.retention) || framed(r.facts) || framed(r.terms) || framed(r.texts) || framed(r.body), 'UTF8'))
$$;

-- Appends rows to the chain. The caller holds the head's lock. Time never goes back.
create function append_rows(p_org text, p_at bigint, p_rows jsonb) returns bigint language plpgsql as $$
declare
  head heads;
  r ledger;
  item jsonb;
begin
  select * into strict head from heads where org = p_org for update;
  if p_at < head.at then
    raise exception 'ledger_time: % is before the last row', p_at;
  end if;
  for item in select * from jsonb_array_elements(p_rows) loop
    r := jsonb_populate_record(null::ledger, item);
    r.org := p_org;
    r.position := head.position + 1;
    r.at := p_at;
    r.prev := head.hash;
    r.hash := row_hash(head.hash, r);
    r.recorded_at := clock_timestamp();
    insert into ledger values (r.*);
    head.position := r.position;
    head.hash := r.hash;
  end loop;
  update heads set position = head.position, hash = head.hash, at = p_at where org = p_org;
  return head.position;
end $$;

-- The organization's instant, to be read after the head's lock was taken.
create function org_now(p_org text) returns bigint language sql as $$
  select case when o.sandbox then o.clock
    else greatest((extract(epoch from clock_timestamp()) * 1000)::bigint, h.at) end
  from orgs o join heads h using (org) where o.org = p_org
$$;

-- What a case still owes the world: prompts whose time has come, also those whose sending was cut off, and receivers
-- of its unhandled notices.
create function owed_by(p_org text, p_case text, p_now bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'prompts', coalesce((select jsonb_agg(key order by key) from prompts
      where org = p_org and case_id = p_case and state in ('queued', 'sending')
        and send_after <= p_now), '[]'::jsonb),
    'nudges', coalesce((select jsonb_agg(distinct to_case) from notices
      where org = p_org and from_case = p_case and outcome is null), '[]'::jsonb))
$$;

-- Everything a step needs, read after the head's lock: one round trip.
create function step_read(p_org text, p_case text, p_decision text, p_people text[], p_site text)
returns jsonb language plpgsql as $$
declare
  c cases;
  now_at bigint;
begin
  now_at := org_now(p_org);
  select * into c from cases where org = p_org and case_id = p_case;
  return jsonb_build_object(
    'now', now_at,
    'sandbox', (select sandbox from orgs where org = p_org),
    'case', case when c.case_id is null then null else to_jsonb(c) - 'org' end,
    'decision', (select jsonb_build_object('case', case_id, 'digest', digest, 'receipt', receipt)
      from decisions where org = p_org and decision_id = p_decision),
    'notices', coalesce((select jsonb_agg(jsonb_build_object('key', key, 'from', from_case, 'kind', kind,
      'body', body, 'at', at) order by at, key) from notices
      where org = p_org and to_case = p_case and outcome is null), '[]'::jsonb),
    'facts', coalesce((select jsonb_agg(jsonb_build_object('kind', f.kind, 'subject', f.subject, 'value', f.value,
      'case', f.case_id, 'sequence', f.sequence)) from facts f
      join jsonb_to_recordset(coalesce(c.reads, '[]'::jsonb)) as r(kind text, subject text)
        on f.kind = r.kind and f.subject = r.subject where f.org = p_org), '[]'::jsonb),
    'assignments', coalesce((select jsonb_agg(jsonb_build_object('person', person, 'capacity', capacity,
      'scope', scope, 'from', from_at, 'to', to_at)) from assignments
      where org = p_org and person = any(p_people)), '[]'::jsonb),
    'delegations', coalesce((select jsonb_agg(jsonb_build_object('from', absent, 'to', stand_in,
      'since', since_at, 'until', until_at)) from delegations
      where org = p_org and stand_in = any(p_people)), '[]'::jsonb),
    'terms', (select to_jsonb(t) - 'org' - 'site' from terms_in_force t where org = p_org and site = p_site),
    'owed', owed_by(p_org, p_case, now_at));
end $$;
