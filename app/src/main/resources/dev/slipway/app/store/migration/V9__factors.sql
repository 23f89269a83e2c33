-- What was measured in staging is kept with what staging was known to differ by; until now, nothing was.
update measurements set traffic = traffic || '{"factors": {"by_cause": {}}}';
