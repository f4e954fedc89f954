-- Each permitted record selected, with where it lies: for the agency that sent it. Its number says its delivery and row.
SELECT number, feed, category, day, hour, detection, grade, role, quality, {units}
FROM permitted_record
WHERE {filter}
ORDER BY day DESC, number
LIMIT {most}
