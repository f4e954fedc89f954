-- Records that linking can compare: one certain point (not a postcode, nor a point too many share), and a day.
SELECT
    c.number, r.feed, c.easting_m, c.northing_m,
    CASE WHEN r.time_precision = 0 THEN r.occurred_from ELSE date_trunc('day', r.occurred_from) END AS occurred_from,
    r.time_precision <> 0 AS by_day, r.theme_mask
FROM candidate AS c
JOIN foremost USING (number, claim_no)
JOIN record AS r USING (number)
WHERE c.weight >= 0.9 AND c.quality <= 3 AND r.time_precision <> 2
    AND c.easting_m IS NOT NULL AND NOT isnan(c.easting_m)
    AND r.known_to > r.known_from
ORDER BY c.number
