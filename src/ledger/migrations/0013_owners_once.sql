-- Whose work something is gets reckoned once in a reading. As `owner in (select owners_of(…))` the plan could ask it again
-- for each row: with hundreds of cases open at one site a single message then cost the database a third of a second.
create or replace function post_view(p_org text, p_person text, p_site text) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'now', n.at,
    'terms', (select to_jsonb(t) - 'org' - 'site' from terms_in_force t where t.org = p_org and t.site = p_site),
    'open', (select count(*) from obligations o where o.org = p_org and o.reminded > 0
      and o.owner = any (array(select owners_of(p_org, p_person, n.at)))),
    'style', (select w.style from post_wishes w where w.org = p_org and w.person = p_person),
    'unlisted', coalesce((select w.unlisted from post_wishes w where w.org = p_org and w.person = p_person), false),
    'muted', coalesce((select to_jsonb(w.muted) from post_wishes w where w.org = p_org and w.person = p_person), '[]'),
    'bounced', coalesce((select jsonb_agg(b.address) from bounces b
      where b.org = p_org and b.person = p_person and b.kind = 'hard'), '[]'),
    'list', (select jsonb_build_object('id', d.message_id, 'at', d.sent_at, 'listed', d.listed) from digests d
      where d.org = p_org and d.person = p_person and d.state = 'sent' order by d.sent_at desc limit 1))
  from (select org_now(p_org) as at) n
$$;

-- What somebody was asked for, by whom: few of all that is open.
create index obligations_asked on obligations (owner, org) where reminded > 0;
