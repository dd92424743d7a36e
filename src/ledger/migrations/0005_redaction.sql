-- X30: a text that is hidden, or gone. Hiding and what follows are written in the transaction of the row that says so.

alter table texts add column redaction text check (redaction in ('hidden', 'vaulted', 'deleted'));

-- What was deleted or moved to the vault does not come back, and nothing a guard found in it stays behind.
create function redact_texts(p_org text, p_list jsonb) returns void language sql as $$
  update texts t set
    redaction = case when x.outcome = 'restored' then null else x.outcome end,
    sealed = case when x.outcome in ('vaulted', 'deleted') then null else t.sealed end,
    findings = case when x.outcome in ('vaulted', 'deleted') then '{}' else t.findings end,
    pack = case when x.outcome in ('vaulted', 'deleted') then null else t.pack end
  from jsonb_to_recordset(coalesce(p_list, '[]'::jsonb)) as x(ref text, outcome text)
  where t.org = p_org and t.ref = x.ref and coalesce(t.redaction, '') not in ('vaulted', 'deleted')
$$;

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
