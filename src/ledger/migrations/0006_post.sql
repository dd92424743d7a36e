-- Messages people can live with: what waits for a better hour, the list of a morning, what people wish, addresses that
-- gave a message back, and meetings as calendar entries.

alter table prompts
  -- Why a queued message waits: the recipient's quiet time, the hour's one message, or the list of the next morning.
  add column held text check (held in ('quiet', 'hour', 'digest')),
  -- When its rung was, where `send_after` was put off since.
  add column rung_at bigint;
create index prompts_recipient on prompts (org, recipient, settled_at) where recipient is not null;
create index prompts_listed on prompts (org, send_after) where state = 'queued' and held = 'digest';

-- One list a person and day.
create table digests (
  org text not null references orgs,
  person text not null,
  day text not null,
  -- sending → sent | failed | unknown
  state text not null,
  message_id text not null,
  -- [[case, obligation], …] it named
  listed jsonb not null,
  tries integer not null default 1,
  claimed_at timestamptz not null default clock_timestamp(),
  sent_at bigint,
  primary key (org, person, day)
);

-- What a person wishes: each message at once or one list a day, and codes they do not want mail about.
create table post_wishes (
  org text not null references orgs,
  person text not null,
  style text not null check (style in ('immediate', 'digest')),
  muted text[] not null default '{}',
  primary key (org, person)
);

-- Addresses that gave a message back. The address itself is not kept, only a keyed digest of it: another address clears it.
create table bounces (
  org text not null references orgs,
  person text not null,
  address text not null,
  kind text not null check (kind in ('hard', 'soft')),
  at bigint not null,
  message_id text,
  primary key (org, person, address)
);

-- Whose items are a person's own at an instant: theirs, those of whom they stand in for, and of the capacities both hold.
create function owners_of(p_org text, p_person text, p_now bigint) returns setof text language sql stable as $$
  with away as (
    select distinct on (absent) absent, stand_in from delegations
    where org = p_org and since_at <= p_now and (until_at is null or until_at > p_now)
      and (absent = p_person or stand_in = p_person
        or absent in (select absent from delegations where org = p_org and stand_in = p_person))
    order by absent, since_at desc
  ), mine as (
    select p_person as person where not exists (select 1 from away where absent = p_person)
    union select absent from away where stand_in = p_person
  )
  select person from mine
  union
  select a.capacity || '@' || a.scope from assignments a join mine m on a.person = m.person
  where a.org = p_org and a.from_at <= p_now and (a.to_at is null or a.to_at > p_now)
    and not exists (select 1 from assignments b where b.org = a.org and b.capacity = a.capacity and b.scope = a.scope
      and b.from_at <= p_now and (b.to_at is null or b.to_at > p_now) and (b.from_at, b.person) < (a.from_at, a.person))
$$;

-- Everything that decides when a message to a person goes, in one round trip.
create function post_view(p_org text, p_person text, p_site text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'now', n.at,
    'terms', (select to_jsonb(t) - 'org' - 'site' from terms_in_force t where t.org = p_org and t.site = p_site),
    'open', (select count(*) from obligations o where o.org = p_org and o.reminded > 0
      and o.owner in (select owners_of(p_org, p_person, n.at))),
    'style', (select w.style from post_wishes w where w.org = p_org and w.person = p_person),
    'muted', coalesce((select to_jsonb(w.muted) from post_wishes w where w.org = p_org and w.person = p_person), '[]'),
    'bounced', coalesce((select jsonb_agg(b.address) from bounces b
      where b.org = p_org and b.person = p_person and b.kind = 'hard'), '[]'),
    'list', (select jsonb_build_object('id', d.message_id, 'at', d.sent_at, 'listed', d.listed) from digests d
      where d.org = p_org and d.person = p_person and d.state = 'sent' order by d.sent_at desc limit 1))
  from (select org_now(p_org) as at) n
$$;

-- Claims one prompt (see claim.ts) unless the hour of its recipient is used up: `p_most` messages, 0 for any number. One
-- claim a recipient at a time, so that two cases cannot both take the hour's last place.
create function claim_prompt(p_org text, p_key text, p_cut_ms double precision, p_person text, p_most integer)
returns jsonb language plpgsql as $$
declare
  now_at bigint;
  taken bigint;
  last_own bigint;
  last_list bigint;
  claimed jsonb;
begin
  if p_most > 0 then
    perform pg_advisory_xact_lock(hashtext('post'), hashtext(p_org || '|' || p_person));
    now_at := org_now(p_org);
    select count(*), max(coalesce(settled_at, now_at)) into taken, last_own from prompts
      where org = p_org and recipient = p_person and key <> p_key and outcome is distinct from 'in_digest'
        and (state = 'sending' or (state in ('sent', 'unknown') and settled_at > now_at - 3600000));
    select max(sent_at) into last_list from digests
      where org = p_org and person = p_person and state = 'sent' and sent_at > now_at - 3600000;
    if taken + (last_list is not null)::integer >= p_most and exists (select 1 from prompts
      where org = p_org and key = p_key and state = 'queued') then
      return jsonb_build_object('crowded', case when taken > 0 then 'own' else 'list' end,
        'last', greatest(last_own, last_list));
    end if;
  end if;
  update prompts p set state = 'sending', claimed_at = clock_timestamp(), attempts = p.attempts + 1,
    recipient = coalesce(p_person, p.recipient)
  from (select org, key, state as was from prompts where org = p_org and key = p_key and (state = 'queued'
    or (state = 'sending' and claimed_at < clock_timestamp() - make_interval(secs => p_cut_ms / 1000.0))) for update) w
  where p.org = w.org and p.key = w.key
  returning jsonb_build_object('row', to_jsonb(p), 'was', w.was) into claimed;
  return claimed;
end $$;

-- As before; what waits for a list is sent by that, and what waits for an hour says when.
create or replace function owed_by(p_org text, p_case text, p_now bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'prompts', coalesce((select jsonb_agg(key order by key) from prompts
      where org = p_org and case_id = p_case and state in ('queued', 'sending')
        and send_after <= p_now and held is distinct from 'digest'), '[]'::jsonb),
    'held', (select min(send_after) from prompts where org = p_org and case_id = p_case and state = 'queued'
      and held in ('quiet', 'hour')),
    'nudges', coalesce((select jsonb_agg(distinct to_case) from notices
      where org = p_org and from_case = p_case and outcome is null), '[]'::jsonb))
$$;

-- Meetings in people's calendars. The version is their SEQUENCE: it only rises, also when one comes back.
create table meetings (
  org text not null references orgs,
  case_id text not null,
  id text not null,
  at bigint not null,
  minutes integer not null,
  who text[] not null,
  version integer not null,
  -- on; off: it will not be; over: it was held, or its hour has passed
  state text not null,
  primary key (org, case_id, id)
);

create function tell_meeting(p_org text, p_case text, p_site text, p_at bigint, p_visibility text, m meetings, p_word text,
  p_who text[]) returns void language sql as $$
  insert into prompts (org, key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site)
  select p_org, p_case || ':meeting:' || m.id || ':' || m.version || ':' || p_word || ':' || w.n, p_case,
    'meeting:' || m.id, 'MEETING', p_word || '-' || m.version, 'inform', w.owner, m.at, p_at, p_visibility, p_site
  from unnest(p_who) with ordinality as w(owner, n)
  on conflict do nothing
$$;

-- What changed about a case's meetings is told to whom it concerns: an invitation, a change, or that it will not be.
create function write_meetings(p_org text, p_case text, p_site text, p_at bigint, p_list jsonb) returns void
language plpgsql as $$
declare
  n record;
  e meetings;
  m meetings;
  stays text[];
begin
  for n in select * from jsonb_to_recordset(p_list) as x(id text, at bigint, minutes integer, who text[], visibility text) loop
    select * into e from meetings where org = p_org and case_id = p_case and id = n.id;
    if not found then
      e := row(p_org, p_case, n.id, n.at, n.minutes, '{}'::text[], -1, 'off')::meetings;
    end if;
    continue when e.state = 'on' and e.at = n.at and e.minutes = n.minutes and e.who = n.who;
    if e.state <> 'on' then
      e.who := '{}';
    end if;
    m := row(p_org, p_case, n.id, n.at, n.minutes, n.who, e.version + 1, 'on')::meetings;
    insert into meetings values (m.*) on conflict (org, case_id, id) do update set at = excluded.at,
      minutes = excluded.minutes, who = excluded.who, version = excluded.version, state = excluded.state;
    stays := array(select unnest(n.who) intersect select unnest(e.who) order by 1);
    perform tell_meeting(p_org, p_case, p_site, p_at, n.visibility, m, 'invite',
      array(select unnest(n.who) except select unnest(stays) order by 1));
    perform tell_meeting(p_org, p_case, p_site, p_at, n.visibility, m, 'cancel',
      array(select unnest(e.who) except select unnest(n.who) order by 1));
    if e.at <> n.at or e.minutes <> n.minutes then
      perform tell_meeting(p_org, p_case, p_site, p_at, n.visibility, m, 'change', stays);
    end if;
  end loop;
  for e in select * from meetings where org = p_org and case_id = p_case and state = 'on'
    and id <> all (array(select item ->> 'id' from jsonb_array_elements(p_list) item)) loop
    m := e;
    m.version := e.version + 1;
    m.state := case when e.at > p_at then 'off' else 'over' end;
    update meetings set version = m.version, state = m.state where org = p_org and case_id = p_case and id = e.id;
    if m.state = 'off' then
      perform tell_meeting(p_org, p_case, p_site, p_at, 'C2', m, 'cancel', e.who);
    end if;
  end loop;
end $$;

create or replace function step_append(p_org text, p jsonb) returns jsonb language plpgsql as $$
declare
  at_ms bigint := (p ->> 'at')::bigint;
  this_case text := p -> 'case' ->> 'case_id';
  last bigint;
begin
  last := append_rows(p_org, at_ms, p -> 'rows');
  perform write_case(p_org, p);
  perform write_obligations(p_org, this_case, p -> 'obligations');
  perform write_facts(p_org, this_case, p -> 'facts');
  update notices set outcome = 'handled'
    where org = p_org and key in (select jsonb_array_elements_text(p -> 'handled'));
  perform write_notices(p_org, this_case, at_ms, p -> 'notices');
  perform write_prompts(p_org, this_case, p -> 'case' ->> 'site', p -> 'prompts');
  if coalesce(p -> 'meetings', 'null'::jsonb) <> 'null'::jsonb then
    perform write_meetings(p_org, this_case, p -> 'case' ->> 'site', at_ms, p -> 'meetings');
  end if;
  if p -> 'decision' <> 'null'::jsonb then
    insert into decisions (org, decision_id, case_id, digest, receipt)
    values (p_org, p -> 'decision' ->> 'id', this_case, p -> 'decision' ->> 'digest', p -> 'decision' ->> 'receipt');
  end if;
  insert into vault (org, ref, sealed, salt, digest)
  select p_org, x.ref, decode(x.sealed, 'base64'), decode(x.salt, 'base64'), x.digest
  from jsonb_to_recordset(p -> 'vault') as x(ref text, sealed text, salt text, digest text);
  perform keep_texts(p_org, p -> 'texts');
  perform redact_texts(p_org, p -> 'redactions');
  return jsonb_build_object('position', last, 'owed', owed_by(p_org, this_case, at_ms));
end $$;
