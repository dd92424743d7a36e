/**
 * The person behind an owner, and who stands in for them: a person ref is itself; `capacity@scope` is who answers for it
 * there, the one assigned longest of those who are not on leave. `$1` is the organization.
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
  ) d on true
  where who.person is not null
  limit 1`;

/** One query for both forms of an owner; `$1` org, `$2` owner, `$3` now. */
export const orgRecipientSql = recipientSql('$2::text', '$3::bigint');
