-- What changes have spent on the model: a restart fills no purse again.
create table spending (
  change text primary key,
  tokens bigint not null,
  dollars double precision not null,
  millis bigint not null
);

-- How many tests a commit's services execute: what is the base was a candidate before.
create table test_counts (
  repository text not null,
  service text not null,
  commit text not null,
  executed integer not null,
  primary key (repository, service, commit)
);
