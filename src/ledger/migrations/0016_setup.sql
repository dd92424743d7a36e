-- What an organization is called, and what its administrator has seen to while setting it up.
alter table orgs add column name text;

create table setup_notes (
  org text not null references orgs (org),
  step text not null,
  by_person text not null,
  at bigint not null,
  primary key (org, step)
);
