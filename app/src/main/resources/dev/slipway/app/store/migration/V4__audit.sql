-- The newest checkpoint of the audit log that was seen: an older log than that is not opened again.
create table audit_checkpoints (
  origin text primary key,
  size bigint not null,
  root text not null,
  seen_at timestamptz not null default now()
);
