-- For each permitted record in the filter: its day.
SELECT day
FROM permitted_record
WHERE {filter}
