-- Most of what a case owes and publishes stays as it is from step to step: only what differs is written. An upsert would
-- lock, and so write, each row it leaves alone.

create or replace function write_obligations(p_org text, p_case text, p_list jsonb) returns void language plpgsql as $$
begin
  delete from obligations o where o.org = p_org and o.case_id = p_case
    and o.id <> all (array(select item ->> 'id' from jsonb_array_elements(p_list) item));
  insert into obligations as o (org, case_id, id, code, owner, since, due, visibility, at_silence, next, next_rung,
    next_rung_at, next_rung_to, reminded)
  select p_org, p_case, x.* from jsonb_to_recordset(p_list) as x(id text, code text, owner text, since bigint,
    due bigint, visibility text, at_silence text, next text, next_rung text, next_rung_at bigint, next_rung_to text,
    reminded integer)
  where not exists (select 1 from obligations k where k.org = p_org and k.case_id = p_case and k.id = x.id
    and (k.code, k.owner, k.since, k.due, k.visibility, k.at_silence, k.next, k.next_rung, k.next_rung_at,
      k.next_rung_to, k.reminded)
    is not distinct from (x.code, x.owner, x.since, x.due, x.visibility, x.at_silence, x.next, x.next_rung,
      x.next_rung_at, x.next_rung_to, x.reminded))
  on conflict (org, case_id, id) do update set code = excluded.code, owner = excluded.owner, since = excluded.since,
    due = excluded.due, visibility = excluded.visibility, at_silence = excluded.at_silence, next = excluded.next,
    next_rung = excluded.next_rung, next_rung_at = excluded.next_rung_at, next_rung_to = excluded.next_rung_to,
    reminded = excluded.reminded;
end $$;

create or replace function write_facts(p_org text, p_case text, p_list jsonb) returns void language plpgsql as $$
begin
  delete from facts f where f.org = p_org and f.case_id = p_case
    and not exists (select 1 from jsonb_array_elements(p_list) item
      where item ->> 'kind' = f.kind and item ->> 'subject' = f.subject);
  insert into facts as f (org, kind, subject, value, case_id, sequence)
  select p_org, x.kind, x.subject, x.value, p_case, x.sequence
  from jsonb_to_recordset(p_list) as x(kind text, subject text, value text, sequence integer)
  where not exists (select 1 from facts k where k.org = p_org and k.kind = x.kind and k.subject = x.subject
    and k.value = x.value and k.case_id = p_case)
  on conflict (org, kind, subject) do update
    set value = excluded.value, case_id = excluded.case_id, sequence = excluded.sequence;
end $$;

-- Found by the case that holds them: a step looks at its own facts, and there are thousands of others.
create index facts_case on facts (org, case_id);
