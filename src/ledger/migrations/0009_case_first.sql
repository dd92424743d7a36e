-- What stands alone in a case is found by the case, whatever the planner knows. A key that begins with the organization, of
-- which there is one, looks as good as the right one while a table is small; a plan made then is kept by its connection and
-- reads every row of the organization until the table is next analyzed. Now no index fits a question it is not made for.
alter table obligations drop constraint obligations_pkey, add primary key (case_id, id, org);
drop index obligations_owner;
create index obligations_owner on obligations (owner, org);
drop index obligations_due;
create index obligations_due on obligations (due, org);

alter table facts drop constraint facts_pkey, add primary key (kind, subject, org);
drop index facts_case;
create index facts_case on facts (case_id, org);

alter table notices drop constraint notices_pkey, add primary key (key, org);
drop index notices_open;
create index notices_open on notices (to_case, org) where outcome is null;
drop index notices_from;
create index notices_from on notices (from_case, org) where outcome is null;

alter table prompts drop constraint prompts_pkey, add primary key (key, org);
drop index prompts_open;
create index prompts_open on prompts (case_id, org) where state in ('queued', 'sending');
drop index prompts_recipient;
create index prompts_recipient on prompts (recipient, settled_at, org) where recipient is not null;
drop index prompts_listed;
create index prompts_listed on prompts (send_after, org) where state = 'queued' and held = 'digest';

-- As before; and a notice that came back because its receiver is final is handled by a step of its own, at once.
create or replace function owed_by(p_org text, p_case text, p_now bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'prompts', coalesce((select jsonb_agg(key order by key) from prompts
      where org = p_org and case_id = p_case and state in ('queued', 'sending')
        and send_after <= p_now and held is distinct from 'digest'), '[]'::jsonb),
    'held', (select min(send_after) from prompts where org = p_org and case_id = p_case and state = 'queued'
      and held in ('quiet', 'hour')),
    'nudges', coalesce((select jsonb_agg(distinct to_case) from (
      select to_case from notices where org = p_org and from_case = p_case and outcome is null
      union all
      select to_case from notices where org = p_org and to_case = p_case and kind = 'returned' and outcome is null
    ) open), '[]'::jsonb))
$$;

-- As before; each fact is looked up by its key, not found in a reading of all of them.
create or replace function write_facts(p_org text, p_case text, p_list jsonb) returns void language plpgsql as $$
begin
  delete from facts f where f.org = p_org and f.case_id = p_case
    and not exists (select 1 from jsonb_array_elements(p_list) item
      where item ->> 'kind' = f.kind and item ->> 'subject' = f.subject);
  insert into facts as f (org, kind, subject, value, case_id, sequence)
  select p_org, x.kind, x.subject, x.value, p_case, x.sequence
  from jsonb_to_recordset(p_list) as x(kind text, subject text, value text, sequence integer)
  where (select k.value = x.value and k.case_id = p_case from facts k
    where k.org = p_org and k.kind = x.kind and k.subject = x.subject) is not true
  on conflict (org, kind, subject) do update
    set value = excluded.value, case_id = excluded.case_id, sequence = excluded.sequence;
end $$;

-- As before; the facts it names likewise.
create or replace function step_read(p_org text, p_case text, p_decision text, p_people text[], p_site text)
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
      'case', f.case_id, 'sequence', f.sequence))
      from jsonb_to_recordset(coalesce(c.reads, '[]'::jsonb)) as r(kind text, subject text)
      cross join lateral (select * from facts k
        where k.org = p_org and k.kind = r.kind and k.subject = r.subject limit 1) f), '[]'::jsonb),
    'assignments', coalesce((select jsonb_agg(jsonb_build_object('person', person, 'capacity', capacity,
      'scope', scope, 'from', from_at, 'to', to_at)) from assignments
      where org = p_org and person = any(p_people)), '[]'::jsonb),
    'delegations', coalesce((select jsonb_agg(jsonb_build_object('from', absent, 'to', stand_in,
      'since', since_at, 'until', until_at)) from delegations
      where org = p_org and stand_in = any(p_people)), '[]'::jsonb),
    'terms', (select to_jsonb(t) - 'org' - 'site' from terms_in_force t where org = p_org and site = p_site),
    'owed', owed_by(p_org, p_case, now_at));
end $$;
