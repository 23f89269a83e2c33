-- What candidates showed in staging; the newest shipped one of a service is its baseline.
create table measurements (
  repository text not null,
  service text not null,
  candidate text not null,
  traffic jsonb not null,
  measured_at timestamptz not null default now(),
  shipped_at timestamptz,
  primary key (repository, service, candidate)
);
create index measurements_baseline on measurements (repository, service, shipped_at desc)
  where shipped_at is not null;

-- Contents that failed in production.
create table rollbacks (
  environment text not null,
  service text not null,
  artifact text not null,
  rolled_back_at timestamptz not null default now(),
  primary key (environment, service, artifact)
);
