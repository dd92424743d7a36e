-- Links in messages: how somebody answers without signing in. Only the SHA-256 of a link's token is kept, so whoever reads
-- this table can answer for nobody.

create table links (
  org text not null references orgs (org),
  hash bytea not null,
  -- names it in the inbox and in logs; says nothing of the token
  id text not null,
  purpose text not null check (purpose in ('answer', 'candidate', 'calendar', 'unsubscribe')),
  person text not null,
  case_id text,
  -- What an answer is to: the obligation under its one id, whose it was, and the case's sequence when it was asked.
  obligation text,
  code text,
  owner text,
  sequence bigint,
  -- the prompt whose message carried it: a later message takes its place
  prompt text,
  allowed text[] not null default '{}',
  made_at bigint not null,
  expires_at bigint,
  revoked_at bigint,
  -- one use: what was answered, and when
  answer text,
  answered_at bigint,
  primary key (org, hash),
  unique (org, id)
);
create index links_asked on links (org, case_id, obligation, person) where purpose = 'answer';
create index links_of_person on links (org, person, purpose);

-- What came in by a link, kept before any case is asked: it outlives an outage of Temporal. Sealed, and emptied once it
-- was decided; the ledger has it then.
create table link_inbox (
  org text not null references orgs (org),
  decision_id text not null,
  link text not null,
  sealed bytea,
  received_at bigint not null,
  state text not null default 'waiting' check (state in ('waiting', 'done', 'refused')),
  -- the code of a refusal
  outcome text,
  tries integer not null default 0,
  tried_at timestamptz,
  primary key (org, decision_id)
);
create index link_inbox_waiting on link_inbox (org, received_at) where state = 'waiting';

-- Who ended their daily list with one click gets each message by itself, until they ask for a list again.
alter table post_wishes add column unlisted boolean not null default false;

create or replace function post_view(p_org text, p_person text, p_site text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'now', n.at,
    'terms', (select to_jsonb(t) - 'org' - 'site' from terms_in_force t where t.org = p_org and t.site = p_site),
    'open', (select count(*) from obligations o where o.org = p_org and o.reminded > 0
      and o.owner in (select owners_of(p_org, p_person, n.at))),
    'style', (select w.style from post_wishes w where w.org = p_org and w.person = p_person),
    'unlisted', coalesce((select w.unlisted from post_wishes w where w.org = p_org and w.person = p_person), false),
    'muted', coalesce((select to_jsonb(w.muted) from post_wishes w where w.org = p_org and w.person = p_person), '[]'),
    'bounced', coalesce((select jsonb_agg(b.address) from bounces b
      where b.org = p_org and b.person = p_person and b.kind = 'hard'), '[]'),
    'list', (select jsonb_build_object('id', d.message_id, 'at', d.sent_at, 'listed', d.listed) from digests d
      where d.org = p_org and d.person = p_person and d.state = 'sent' order by d.sent_at desc limit 1))
  from (select org_now(p_org) as at) n
$$;
