-- Who is what in a case stands beside its state, so that a list over a thousand cases opens none of them. Null where the
-- state lies sealed, and until the case moves next: then the state itself is asked, as before.
alter table cases add column relations jsonb;
alter table cases add column about text;
-- the opening a candidacy belongs to
alter table cases add column belongs_to text;
create index cases_about on cases (about, org) where about is not null;
create index cases_without_relations on cases (org) where relations is null and not confidential;
-- whom somebody added to the directory: few rows of one case
create index ledger_people_added on ledger (org, (body::jsonb ->> 'person'))
  where case_id = 'house-assignment' and kind = 'person_added';

create or replace function write_case(p_org text, p jsonb) returns void language plpgsql as $$
declare
  c jsonb := p -> 'case';
  before integer;
begin
  select sequence into before from cases where org = p_org and case_id = c ->> 'case_id';
  if coalesce(before, 0) <> (c ->> 'before')::integer then
    raise exception 'ledger_conflict: % is at %', c ->> 'case_id', coalesce(before, 0);
  end if;
  insert into cases as k (org, case_id, kind, site, sequence, fold_version, state, reads, stage, status, confidential,
    next_wake, opened_at, moved_at, relations, about, belongs_to)
  values (p_org, c ->> 'case_id', c ->> 'kind', c ->> 'site', (c ->> 'sequence')::integer,
    (c ->> 'fold_version')::integer, c ->> 'state', c -> 'reads', c ->> 'stage', c ->> 'status',
    (c ->> 'confidential')::boolean, (c ->> 'next_wake')::bigint, (p ->> 'at')::bigint, (p ->> 'at')::bigint,
    nullif(c -> 'relations', 'null'::jsonb), c ->> 'about', c ->> 'belongs_to')
  on conflict (org, case_id) do update set sequence = excluded.sequence, fold_version = excluded.fold_version,
    state = excluded.state, reads = excluded.reads, stage = excluded.stage, status = excluded.status,
    next_wake = excluded.next_wake, moved_at = excluded.moved_at, relations = excluded.relations,
    about = excluded.about, belongs_to = excluded.belongs_to;
end $$;
