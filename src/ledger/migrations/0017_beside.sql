-- An invitation to a session of supervision (they follow one another in their rhythm) that lies well ahead goes with the next message of its case, and at the latest a week before: by
-- itself it woke a case for each session that was logged, weeks before anybody needed to know.

alter table prompts drop constraint prompts_held_check,
  add constraint prompts_held_check check (held in ('quiet', 'hour', 'digest', 'away', 'beside'));

-- As before; what only has to be there a week before may wait for company until then.
create or replace function tell_meeting(p_org text, p_case text, p_site text, p_at bigint, p_visibility text, m meetings,
  p_word text, p_who text[]) returns void language sql as $$
  insert into prompts (org, key, case_id, obligation, code, rung, how, owner, due, send_after, visibility, site, held, rung_at)
  select p_org, p_case || ':meeting:' || m.id || ':' || m.version || ':' || p_word || ':' || w.n, p_case,
    'meeting:' || m.id, 'MEETING', p_word || '-' || m.version, 'inform', w.owner, m.at,
    case when beside.yes then m.at - 7 * 86400000::bigint else p_at end, p_visibility, p_site,
    case when beside.yes then 'beside' end, case when beside.yes then p_at end
  from unnest(p_who) with ordinality as w(owner, n),
    lateral (select p_word = 'invite' and m.id like 'session\_%' and m.at - 7 * 86400000::bigint > p_at as yes) beside
  on conflict do nothing
$$;

-- As before; what waits for company says when it goes alone.
create or replace function owed_by(p_org text, p_case text, p_now bigint) returns jsonb language sql as $$
  select jsonb_build_object(
    'prompts', coalesce((select jsonb_agg(key order by key) from prompts
      where org = p_org and case_id = p_case and state in ('queued', 'sending')
        and send_after <= p_now and held is distinct from 'digest'), '[]'::jsonb),
    'held', (select min(send_after) from prompts where org = p_org and case_id = p_case and state = 'queued'
      and held in ('quiet', 'hour', 'away', 'beside')),
    'nudges', coalesce((select jsonb_agg(distinct to_case) from (
      select to_case from notices where org = p_org and from_case = p_case and outcome is null
      union all
      select to_case from notices where org = p_org and to_case = p_case and kind = 'returned' and outcome is null
    ) open), '[]'::jsonb))
$$;
