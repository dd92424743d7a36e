-- An invitation may go along weeks before it would go alone. One whose hand-over was cut off is asked for like any other: a
-- step names it, so that it is looked at now and not when its own time has come. As before but for that.
create or replace function owed_by(p_org text, p_case text, p_now bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'prompts', coalesce((select jsonb_agg(key order by key) from prompts
      where org = p_org and case_id = p_case and state in ('queued', 'sending')
        and (send_after <= p_now or state = 'sending') and held is distinct from 'digest'), '[]'::jsonb),
    'held', (select min(send_after) from prompts where org = p_org and case_id = p_case and state = 'queued'
      and held in ('quiet', 'hour', 'away', 'beside')),
    'nudges', coalesce((select jsonb_agg(distinct to_case) from (
      select to_case from notices where org = p_org and from_case = p_case and outcome is null
      union all
      select to_case from notices where org = p_org and to_case = p_case and kind = 'returned' and outcome is null
    ) open), '[]'::jsonb))
$$;
