-- What a candidate showed in production, beside what it showed in staging.
alter table measurements add column production jsonb;

-- What it showed in staging is kept by endpoint.
update measurements set traffic =
  jsonb_build_object('endpoints', jsonb_build_object('all', traffic));
