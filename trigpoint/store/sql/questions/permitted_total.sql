-- The totals this decision permits, no finer than it permits. One of a site is told by its district and no nearer.
SELECT t.feed, t.category, t.theme_mask, t.district,
       CASE WHEN NOT {by_ward} OR t.site >= 0 THEN -1
            WHEN t.level = 2 THEN t.unit
            WHEN t.level = 3 THEN COALESCE(a.ward, -1)
            ELSE -1 END AS ward,
       t.starts, t.ends, t."count" AS counted, t.suppressed, t.rounded_to
FROM {total} AS t LEFT JOIN {area} AS a ON a.level = t.level AND a.id = t.unit
WHERE {permitted}
