-- Feature flags that were switched: what canaries showed at that time does not count.
create table flag_changes (
  id text primary key,
  at timestamptz not null,
  document jsonb not null
);
create index flag_changes_at on flag_changes (at);
