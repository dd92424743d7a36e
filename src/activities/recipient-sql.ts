/** One query for both forms of an owner; `$1` org, `$2` owner, `$3` now. */
export const orgRecipientSql = `
  with who as (
    select $2::text as person where $2 like 'prs\\_%'
    union all
    (select a.person from assignments a
      where a.org = $1 and $2 = a.capacity || '@' || a.scope and a.from_at <= $3 and (a.to_at is null or a.to_at > $3)
      order by a.from_at, a.person limit 1)
  )
  select who.person, d.stand_in from who
  left join lateral (
    select stand_in from delegations d where d.org = $1 and d.absent = who.person and d.since_at <= $3
      and (d.until_at is null or d.until_at > $3) order by d.since_at desc limit 1
  ) d on true
  limit 1`;
