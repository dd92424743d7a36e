/**
 * The person behind an owner, and who stands in for them: a person ref is itself; `capacity@scope` is who answers for it
 * there, the one assigned longest of those who are not on leave. An office that is not lent with a stand-in is asked of whom it was
 * given to (domain/standins.ts). `$1` is the organization.
 * @param owner an SQL expression @param now an SQL expression
 */
export const recipientSql = (owner: string, now: string): string => `
  with who as (
    select ${owner} as person where ${owner} like 'prs\\_%'
    union all
    select holder_of($1, split_part(${owner}, '@', 1), split_part(${owner}, '@', 2), ${now})
      where ${owner} not like 'prs\\_%'
  )
  select who.person, d.stand_in from who
  left join lateral (
    select stand_in from delegations d where d.org = $1 and d.absent = who.person and d.since_at <= ${now}
      and (d.until_at is null or d.until_at > ${now}) order by d.since_at desc limit 1
  ) d on ${owner} like 'prs\\_%'
    or lends_to($1, who.person, d.stand_in, split_part(${owner}, '@', 1), split_part(${owner}, '@', 2), ${now})
  where who.person is not null
  limit 1`;

/** One query for both forms of an owner; `$1` org, `$2` owner, `$3` now. */
export const orgRecipientSql = recipientSql('$2::text', '$3::bigint');

/**
 * Who answers for an office as `holder_of` finds them, leaving out people of whom it is asked nothing in a case, and those
 * for whom one of these stands in. `$1` org, `$2` owner, `$3` now, `$4` the people.
 */
export const apartRecipientSql = `
  select person, stand_in from (
    select a.person, a.from_at, d.stand_in, away_until($1, a.person, $3::bigint) as away from assignments a
    left join lateral (
      select stand_in from delegations d where d.org = $1 and d.absent = a.person and d.since_at <= $3::bigint
        and (d.until_at is null or d.until_at > $3::bigint) order by d.since_at desc limit 1
    ) d on lends_to($1, a.person, d.stand_in, a.capacity, a.scope, $3::bigint)
    where a.org = $1 and a.capacity = split_part($2::text, '@', 1) and a.scope = split_part($2::text, '@', 2)
      and a.from_at <= $3::bigint and (a.to_at is null or a.to_at > $3::bigint)) here
  where away is distinct from 0 and person <> all ($4::text[])
    and (stand_in is null or stand_in <> all ($4::text[]))
  order by away is not null and stand_in is null, from_at, person limit 1`;
