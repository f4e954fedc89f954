-- The first and the last day of what is permitted; none where nothing is.
SELECT MIN(day) AS first_day, MAX(day) AS last_day
FROM permitted_record
WHERE {filter}
