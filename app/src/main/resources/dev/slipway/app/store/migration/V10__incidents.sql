-- Changes that were rolled back because production itself was in trouble.
create table incidents (
  environment text not null,
  service text not null,
  change text not null,
  at timestamptz not null,
  document jsonb not null,
  primary key (environment, service, change, at)
);
create index incidents_latest on incidents (environment, at desc);
