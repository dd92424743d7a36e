-- A search that is over says since when: the records of its candidacies are kept for as long as its own (X32).
update facts f set value = c.moved_at::text from cases c
where f.kind = 'search_over' and f.value = 'yes' and c.org = f.org and c.case_id = f.case_id;
