-- The lines of buses and railways that have one: published, the same for everyone.
SELECT id, feed, code, name, mode, wkb
FROM {route}
WHERE wkb IS NOT NULL
ORDER BY id
