-- The one function that writes a step: rows, state, obligations, facts, notices, prompts, vault, in one transaction.

create function write_case(p_org text, p jsonb) returns void language plpgsql as $$
declare
  c jsonb := p -> 'case';
  before integer;
begin
  select sequence into before from cases where org = p_org and case_id = c ->> 'case_id';
  if coalesce(before, 0) <> (c ->> 'before')::integer then
    raise exception 'ledger_conflict: % is at %', c ->> 'case_id', coalesce(before, 0);
  end if;
  insert into cases as k (org, case_id, kind, site, sequence, fold_version, state, reads, stage, status, confidential,
    next_wake, opened_at, moved_at)
  values (p_org, c ->> 'case_id', c ->> 'kind', c ->> 'site', (c ->> 'sequence')::integer,
    (c ->> 'fold_version')::integer, c ->> 'state', c -> 'reads', c ->> 'stage', c ->> 'status',
    (c ->> 'confidential')::boolean, (c ->> 'next_wake')::bigint, (p ->> 'at')::bigint, (p ->> 'at')::bigint)
  on conflict (org, case_id) do update set sequence = excluded.sequence, fold_version = excluded.fold_version,
    state = excluded.state, reads = excluded.reads, stage = excluded.stage, status = excluded.status,
    next_wake = excluded.next_wake, moved_at = excluded.moved_at;
end $$;

create function write_obligations(p_org text, p_case text, p_list jsonb) returns void language plpgsql as $$
begin
  delete from obligations o where o.org = p_org and o.case_id = p_case
    and not exists (select 1 from jsonb_array_elements(p_list) item where item ->> 'id' = o.id);
  insert into obligations as o (org, case_id, id, code, owner, since, due, visibility, at_silence, next, next_rung,
    next_rung_at, next_rung_to, reminded)
  select p_org, p_case, x.* from jsonb_to_recordset(p_list) as x(id text, code text, owner text, since bigint,
    due bigint, visibility text, at_silence text, next text, next_rung text, next_rung_at bigint, next_rung_to text,
    reminded integer)
  on conflict (org, case_id, id) do update set code = excluded.code, owner = excluded.owner, since = excluded.since,
    due = excluded.due, visibility = excluded.visibility, at_silence = excluded.at_silence, next = excluded.next,
    next_rung = excluded.next_rung, next_rung_at = excluded.next_rung_at, next_rung_to = excluded.next_rung_to,
    reminded = excluded.reminded
  where (o.code, o.owner, o.since, o.due, o.next_rung, o.next_rung_at, o.next_rung_to, o.reminded, o.at_silence)
    is distinct from (excluded.code, excluded.owner, excluded.since, excluded.due, excluded.next_rung,
      excluded.next_rung_at, excluded.next_rung_to, excluded.reminded, excluded.at_silence);
end $$;

create function write_facts(p_org text, p_case text, p_list jsonb) returns void language plpgsql as $$
begin
  delete from facts f where f.org = p_org and f.case_id = p_case
    and not exists (select 1 from jsonb_array_elements(p_list) item
      where item ->> 'kind' = f.kind and item ->> 'subject' = f.subject);
  insert into facts as f (org, kind, subject, value, case_id, sequence)
  select p_org, x.kind, x.subject, x.value, p_case, x.sequence
  from jsonb_to_recordset(p_list) as x(kind text, subject text, value text, sequence integer)
  on conflict (org, kind, subject) do update
    set value = excluded.value, case_id = excluded.case_id, sequence = excluded.sequence
  where f.value is distinct from excluded.value or f.case_id is distinct from excluded.case_id;
end $$;

-- A notice to a final case is settled here, in the sender's transaction: no nudge, no run; the sender is told.
create function write_notices(p_org text, p_case text, p_at bigint, p_list jsonb) returns void language plpgsql as $$
declare
  n record;
  unwanted boolean;
begin
  for n in select * from jsonb_to_recordset(p_list) as x(key text, to_case text, starts boolean, kind text, body text) loop
    unwanted := exists (select 1 from cases where org = p_org and case_id = n.to_case and status = 'final');
    insert into notices (org, key, from_case, to_case, starts, kind, body, at, outcome)
    values (p_org, n.key, p_case, n.to_case, n.starts, n.kind, n.body, p_at,
      case when unwanted then 'not_wanted' end) on conflict do nothing;
    if unwanted and n.kind <> 'returned' then
      insert into notices (org, key, from_case, to_case, starts, kind, body, at)
      values (p_org, n.key || '/returned', n.to_case, p_case, false, 'returned',
        jsonb_build_object('to', n.to_case, 'kind', n.kind, 'at', p_at)::text, p_at) on conflict do nothing;
    end if;
  end loop;
end $$;

create function write_prompts(p_org text, p_case text, p_site text, p_list jsonb) returns void language sql as $$
  insert into prompts (org, key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site)
  select p_org, x.key, p_case, x.obligation, x.code, x.rung, x.how, x.owner, x.due, x.send_after, x.visibility, p_site
  from jsonb_to_recordset(p_list) as x(key text, obligation text, code text, rung text, how text, owner text,
    due bigint, send_after bigint, visibility text)
  on conflict do nothing
$$;

-- A row never names a text that is not there: one that was dropped after its day fails the whole append.
create function keep_texts(p_org text, p_refs jsonb) returns void language plpgsql as $$
declare
  kept integer;
begin
  update texts set state = 'kept' where org = p_org and ref in (select jsonb_array_elements_text(p_refs));
  get diagnostics kept = row_count;
  if kept <> (select count(distinct ref) from jsonb_array_elements_text(p_refs) as ref) then
    raise exception 'text_missing: seal the text again and repeat the decision';
  end if;
end $$;

create function step_append(p_org text, p jsonb) returns jsonb language plpgsql as $$
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
  if p -> 'decision' <> 'null'::jsonb then
    insert into decisions (org, decision_id, case_id, digest, receipt)
    values (p_org, p -> 'decision' ->> 'id', this_case, p -> 'decision' ->> 'digest', p -> 'decision' ->> 'receipt');
  end if;
  insert into vault (org, ref, sealed, salt, digest)
  select p_org, x.ref, decode(x.sealed, 'base64'), decode(x.salt, 'base64'), x.digest
  from jsonb_to_recordset(p -> 'vault') as x(ref text, sealed text, salt text, digest text);
  perform keep_texts(p_org, p -> 'texts');
  return jsonb_build_object('position', last, 'owed', owed_by(p_org, this_case, at_ms));
end $$;

-- Takes the head's lock under the timeouts of the attempt. Its own statement: what is read after it is current.
create function lock_head(p_org text) returns boolean language plpgsql as $$
begin
  perform 1 from heads where org = p_org for update;
  return found;
end $$;
