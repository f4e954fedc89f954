-- For each permitted record in the filter: who sent it, for where and when.
SELECT feed, district, day, known_from
FROM permitted_record
WHERE {filter}
