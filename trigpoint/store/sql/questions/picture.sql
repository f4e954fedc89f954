-- For each permitted record in the filter: every column that the groupings asked for add up.
SELECT {columns}
FROM permitted_record
WHERE {filter}
