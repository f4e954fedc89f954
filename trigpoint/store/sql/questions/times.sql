-- For each permitted record in the filter: the columns asked for, and from when to when it happened, if that may be told.
SELECT {columns}, occurred_from, occurred_to
FROM permitted_record LEFT JOIN permitted_time ON timed = number
WHERE {filter}
