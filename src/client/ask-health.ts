import type { ReadingOffice } from './ask-reader.ts';

/** What the database says of itself; counts only. */
export interface Health {
  readonly migrations: number;
  readonly position: number;
  /** Rows in the ledger: equal to the position, or a row is missing. */
  readonly rows: number;
  readonly cases: number;
  readonly open: number;
  /** Cases whose state row is not at the sequence of their last row. */
  readonly apart: readonly string[];
  readonly prompts: Readonly<Record<string, number>>;
  readonly notices: number;
  /** Capacities that are asked for something, and that nobody holds. */
  readonly unheld: readonly string[];
  /** Offices whose words what stands against anybody waits for, and that nobody holds, asked for or not (R9.5). */
  readonly wordless: readonly string[];
  /** Sites where one person holds both of them, and nobody else one: no second word can be given. */
  readonly oneForBoth: readonly string[];
  readonly people: number;
  readonly sites: number;
  readonly keyId: string | null;
}

const SQL = `
  select (select count(*) from migrations) as migrations,
    (select position from heads where org = $1) as position,
    (select count(*) from ledger where org = $1) as rows,
    (select count(*) from cases where org = $1) as cases,
    (select count(*) from cases where org = $1 and status <> 'final') as open,
    (select coalesce(jsonb_agg(c.case_id), '[]') from cases c where c.org = $1 and c.sequence <>
      (select coalesce(max(l.sequence), 0) from ledger l where l.org = c.org and l.case_id = c.case_id)) as apart,
    (select coalesce(jsonb_object_agg(state, n), '{}') from (select state, count(*) as n from prompts where org = $1
      group by state) p) as prompts,
    (select count(*) from notices where org = $1 and outcome is null) as notices,
    (select coalesce(jsonb_agg(distinct o.owner), '[]') from obligations o where o.org = $1 and o.owner like '%@%'
      and o.visibility in ('C0', 'C1') and not exists (select 1 from assignments a where a.org = o.org and a.capacity || '@' || a.scope = o.owner
        and (a.to_at is null or a.to_at > (select org_now($1))))) as unheld,
    (select coalesce(jsonb_agg(w.capacity || '@' || s.ref order by s.ref, w.capacity), '[]') from sites s,
      (values ('accommodation_officer'), ('investigating_officer')) w (capacity) where s.org = $1
      and exists (select 1 from cases c where c.org = s.org and c.site = s.ref and c.kind = 'employment')
      and not exists (select 1 from assignments a where a.org = s.org and a.capacity = w.capacity
        and a.scope in (s.org, s.ref) and (a.to_at is null or a.to_at > (select org_now($1))))) as wordless,
    (select coalesce(jsonb_agg(ref order by ref), '[]') from (select s.ref from sites s join assignments a on a.org = s.org
      and a.scope in (s.org, s.ref) and a.capacity in ('accommodation_officer', 'investigating_officer')
      and (a.to_at is null or a.to_at > (select org_now($1))) where s.org = $1 group by s.ref
      having count(distinct a.person) = 1 and count(distinct a.capacity) = 2) b) as "oneForBoth",
    (select count(*) from persons where org = $1) as people,
    (select count(*) from sites where org = $1) as sites,
    (select encode(substring(wrapped_key from 1 for 4), 'hex') from vault_keys where org = $1) as "keyId"`;

/** Counts and compares; opens nothing. @throws errors of the database as they are */
export async function askHealth(office: ReadingOffice): Promise<Health> {
  const { rows } = await office.pool.query<Health>(SQL, [office.org]);
  const row = rows[0];
  if (row === undefined || row.position === null) throw new Error('organization_missing');
  return row;
}
