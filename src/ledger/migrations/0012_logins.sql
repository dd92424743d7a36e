-- A passphrase that somebody else gave opens nothing but choosing one's own, and that only until then. Null: one's own.
alter table accounts add column once_until timestamptz;
