-- What each slot ran, one after another. A row with a withdrawal is a version that was put back.
create table releases (
  number bigint generated always as identity primary key,
  environment text not null,
  service text not null,
  change text not null,
  repository text not null,
  commit text not null,
  withdrawn text not null default '',
  document jsonb not null,
  released_at timestamptz not null default now(),
  unique (environment, service, change, commit, withdrawn)
);
create index releases_latest on releases (environment, service, number desc);
