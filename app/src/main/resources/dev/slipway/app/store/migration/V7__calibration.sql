-- What a candidate showed in production, beside what it showed in staging.
alter table measurements add column production jsonb;
