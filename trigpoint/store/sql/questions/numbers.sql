-- For each permitted record in the filter: its number, which says which record it is and nothing else.
SELECT number
FROM permitted_record
WHERE {filter}
