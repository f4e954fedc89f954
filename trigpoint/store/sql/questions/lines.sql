-- Routes of open timetables that have a line, each direction by itself.
SELECT r.id, f.code AS feed, r.code AS line, r.name, r.mode, r.operator, r.wkb
FROM {route} AS r JOIN {feed} AS f ON f.id = r.feed
WHERE f.open AND r.wkb IS NOT NULL
ORDER BY r.id
