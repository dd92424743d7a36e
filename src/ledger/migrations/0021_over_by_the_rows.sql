-- The end of a search is when its last own row was written: a notice that came back to it later (`returned`), or a text that
-- was hidden in it, moved the case and not that end.
update facts f set value = own.at::text
from (select l.org, l.case_id, max(l.at) as at from ledger l
  where exists (select 1 from facts o where o.kind = 'search_over' and o.org = l.org and o.case_id = l.case_id)
    and l.kind not in ('warning_acknowledged', 'prompted', 'answered_late', 'notice_declined', 'terms_adopted',
      'prompt_undelivered', 'text_hidden', 'redaction_settled')
  group by l.org, l.case_id) own
where f.kind = 'search_over' and f.org = own.org and f.case_id = own.case_id and f.value <> own.at::text;
