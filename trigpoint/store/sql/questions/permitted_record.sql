-- The records this decision permits, and no column finer than it permits. Every question of records reads this.
SELECT number, agency, feed, category, theme_mask, detection, grade, quality, day, {hour} AS hour, weekday, role,
       known_from, known_to, {units}
FROM {counted}
WHERE {permitted}
