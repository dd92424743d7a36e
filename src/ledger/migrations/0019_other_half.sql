-- Two words on one thing are two people's: an open item names who gave the other one, so that no list asks it of them.
alter table obligations add column spoke jsonb;

create or replace function write_obligations(p_org text, p_case text, p_list jsonb) returns void language plpgsql as $$
begin
  delete from obligations o where o.org = p_org and o.case_id = p_case
    and o.id <> all (array(select item ->> 'id' from jsonb_array_elements(p_list) item));
  insert into obligations as o (org, case_id, id, code, owner, since, due, visibility, at_silence, next, next_rung,
    next_rung_at, next_rung_to, reminded, spoke)
  select p_org, p_case, x.* from jsonb_to_recordset(p_list) as x(id text, code text, owner text, since bigint,
    due bigint, visibility text, at_silence text, next text, next_rung text, next_rung_at bigint, next_rung_to text,
    reminded integer, spoke jsonb)
  where not exists (select 1 from obligations k where k.org = p_org and k.case_id = p_case and k.id = x.id
    and (k.code, k.owner, k.since, k.due, k.visibility, k.at_silence, k.next, k.next_rung, k.next_rung_at,
      k.next_rung_to, k.reminded, k.spoke)
    is not distinct from (x.code, x.owner, x.since, x.due, x.visibility, x.at_silence, x.next, x.next_rung,
      x.next_rung_at, x.next_rung_to, x.reminded, nullif(x.spoke, 'null'::jsonb)))
  on conflict (org, case_id, id) do update set code = excluded.code, owner = excluded.owner, since = excluded.since,
    due = excluded.due, visibility = excluded.visibility, at_silence = excluded.at_silence, next = excluded.next,
    next_rung = excluded.next_rung, next_rung_at = excluded.next_rung_at, next_rung_to = excluded.next_rung_to,
    reminded = excluded.reminded, spoke = excluded.spoke;
end $$;
