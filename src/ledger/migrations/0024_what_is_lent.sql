-- An office that reads what others may not is lent only to a stand-in who reads no less, and one that was looked at when the
-- stand-in was named stays lent: the same rule as `countedFor` in domain/standins.ts.
create function lends_to(p_org text, p_absent text, p_stand_in text, p_capacity text, p_scope text, p_now bigint)
returns boolean language sql stable as $$
  select case
    when p_capacity in ('hr', 'hr_director', 'auditor') and exists (
      select 1 from assignments a join delegations d on d.org = a.org and d.absent = a.person and a.from_at <= d.since_at
      where a.org = p_org and a.person = p_absent and a.capacity = p_capacity and a.scope = p_scope
        and a.from_at <= p_now and (a.to_at is null or a.to_at > p_now)
        and d.stand_in = p_stand_in and d.since_at <= p_now and (d.until_at is null or d.until_at > p_now)) then true
    when p_capacity in ('leave_officer', 'accommodation_officer', 'background_officer', 'investigating_officer',
      'privacy_officer', 'auditor', 'hr', 'hr_director') then exists (
      select 1 from assignments a where a.org = p_org and a.person = p_stand_in and a.scope in (p_scope, p_org)
        and a.from_at <= p_now and (a.to_at is null or a.to_at > p_now)
        and (a.capacity = p_capacity
          or p_capacity in ('hr', 'hr_director') and a.capacity in ('hr', 'hr_director', 'executive')))
    else true end
$$;

-- As before; whoever stands in for somebody on leave, and is not lent the office, answers for nobody there.
create or replace function holder_of(p_org text, p_capacity text, p_scope text, p_now bigint) returns text language sql stable as $$
  select person from (
    select a.person, a.from_at, away_until(p_org, a.person, p_now) as away from assignments a
    where a.org = p_org and a.capacity = p_capacity and a.scope = p_scope and a.from_at <= p_now
      and (a.to_at is null or a.to_at > p_now)) here
  where away is distinct from 0
  order by away is not null and not exists (select 1 from delegations d where d.org = p_org and d.absent = person
    and d.since_at <= p_now and (d.until_at is null or d.until_at > p_now)
    and lends_to(p_org, person, d.stand_in, p_capacity, p_scope, p_now)), from_at, person limit 1
$$;

-- As before; an office that is not lent stays with whom it was given to.
create or replace function owners_of(p_org text, p_person text, p_now bigint) returns setof text language sql stable as $$
  with away as (
    select distinct on (absent) absent, stand_in from delegations
    where org = p_org and since_at <= p_now and (until_at is null or until_at > p_now)
      and (absent = p_person or stand_in = p_person
        or absent in (select absent from delegations where org = p_org and stand_in = p_person))
    order by absent, since_at desc
  )
  select p_person where not exists (select 1 from away where absent = p_person)
  union select absent from away where stand_in = p_person
  union
  select a.capacity || '@' || a.scope from assignments a left join away w on w.absent = a.person
  where a.org = p_org and (a.person = p_person or w.stand_in = p_person)
    and a.from_at <= p_now and (a.to_at is null or a.to_at > p_now)
    and p_person = case when lends_to(p_org, a.person, w.stand_in, a.capacity, a.scope, p_now)
      then coalesce(w.stand_in, a.person) else a.person end
    and holder_of(p_org, a.capacity, a.scope, p_now) = a.person
$$;
