-- Who is on leave, or will not answer any more, as employments publish it: nothing is sent to them meanwhile, whatever case
-- it comes from. Days are those of the site of the employment.

-- When a person is back: null for somebody at work, 0 for somebody of whom nothing is asked any more.
create function away_until(p_org text, p_person text, p_now bigint) returns bigint language sql stable as $$
  select case
    when exists (select 1 from facts where kind = 'nothing_asked' and value = p_person and org = p_org) then 0
    else (
      select max(day.back) from facts f
      join cases c on c.org = f.org and c.case_id = f.case_id
      join sites s on s.org = f.org and s.ref = c.site
      cross join lateral unnest(string_to_array(f.value, ',')) with ordinality as spell(days, place)
      cross join lateral (select
        extract(epoch from split_part(days, '/', 1)::timestamp at time zone s.zone) * 1000 as begins,
        (extract(epoch from split_part(days, '/', 2)::timestamp at time zone s.zone) * 1000)::bigint as back) day
      where f.kind = 'away' and f.org = p_org and split_part(f.value, ',', 1) = p_person and place > 1
        and day.begins <= p_now and p_now < day.back)
    end
$$;

-- Who answers for a capacity somewhere at an instant: whoever has held it longest of those who are there, or have a stand-in;
-- where nobody is, of those on leave.
create function holder_of(p_org text, p_capacity text, p_scope text, p_now bigint) returns text language sql stable as $$
  select person from (
    select a.person, a.from_at, away_until(p_org, a.person, p_now) as away from assignments a
    where a.org = p_org and a.capacity = p_capacity and a.scope = p_scope and a.from_at <= p_now
      and (a.to_at is null or a.to_at > p_now)) here
  where away is distinct from 0
  order by away is not null and not exists (select 1 from delegations d where d.org = p_org and d.absent = person
    and d.since_at <= p_now and (d.until_at is null or d.until_at > p_now)), from_at, person limit 1
$$;

-- As before, by whoever answers for a capacity now.
create or replace function owners_of(p_org text, p_person text, p_now bigint) returns setof text language sql stable as $$
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
    and holder_of(p_org, a.capacity, a.scope, p_now) = a.person
$$;

-- A message may wait for the return of whom it is for.
alter table prompts drop constraint prompts_held_check,
  add constraint prompts_held_check check (held in ('quiet', 'hour', 'digest', 'away'));

-- As before; what waits for somebody's return says when as well.
create or replace function owed_by(p_org text, p_case text, p_now bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'prompts', coalesce((select jsonb_agg(key order by key) from prompts
      where org = p_org and case_id = p_case and state in ('queued', 'sending')
        and send_after <= p_now and held is distinct from 'digest'), '[]'::jsonb),
    'held', (select min(send_after) from prompts where org = p_org and case_id = p_case and state = 'queued'
      and held in ('quiet', 'hour', 'away')),
    'nudges', coalesce((select jsonb_agg(distinct to_case) from (
      select to_case from notices where org = p_org and from_case = p_case and outcome is null
      union all
      select to_case from notices where org = p_org and to_case = p_case and kind = 'returned' and outcome is null
    ) open), '[]'::jsonb))
$$;
