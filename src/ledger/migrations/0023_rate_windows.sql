-- Windows that are over are found without reading those that are not.
create index rate_counts_window_start on rate_counts (window_start);
