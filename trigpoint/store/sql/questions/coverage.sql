-- For each permitted record in the filter: who sent it, for where and when, and its category.
SELECT feed, category, district, day, known_from, number
FROM permitted_record
WHERE {filter}
