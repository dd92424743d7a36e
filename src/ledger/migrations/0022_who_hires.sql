-- An opening says who hires (D4.7), as its rows have it: also one that was there before it was said, and one that will move no more.
insert into facts (org, kind, subject, value, case_id, sequence)
select distinct on (l.org, l.case_id) l.org, 'hiring_manager', l.case_id, l.body::jsonb ->> 'hiringManager', l.case_id, l.sequence
from ledger l
where split_part(l.case_id, '-', 1) = 'opening' and l.kind in ('opening_opened', 'hiring_manager_changed')
  and exists (select 1 from facts o where o.org = l.org and o.kind = 'opening_role' and o.case_id = l.case_id)
order by l.org, l.case_id, l.sequence desc
on conflict do nothing;
