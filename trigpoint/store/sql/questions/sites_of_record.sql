-- Classes and feeds of the sites that one record names or lies near, whoever may see them: only for what its agency may do.
SELECT DISTINCT s.class, s.feed
FROM {claim} AS c
LEFT JOIN {cell} AS h ON h.resolution = 10 AND h.id = c.cell_10
JOIN {site} AS s
    ON s.id = c.site
    OR (s.easting_m - h.easting_m) * (s.easting_m - h.easting_m)
       + (s.northing_m - h.northing_m) * (s.northing_m - h.northing_m) <= {reach_m} * {reach_m}
    OR (s.street >= 0 AND s.street = c.street)
WHERE c.record >= {first} AND c.record < {after}
