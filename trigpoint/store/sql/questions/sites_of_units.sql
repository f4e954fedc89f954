-- Classes and feeds of the sites that lie in or near some units, whoever may see them: only for what an agency may do.
SELECT DISTINCT s.class, s.feed
FROM {site} AS s
JOIN (
    SELECT id AS street, -1 AS ward, easting_m, northing_m FROM {street} WHERE code IN ({codes})
    UNION ALL
    SELECT -1 AS street, -1 AS ward, easting_m, northing_m FROM {cell} WHERE h3 IN ({cells})
    UNION ALL
    SELECT -1 AS street, id AS ward, NULL AS easting_m, NULL AS northing_m FROM {area} WHERE level = 2 AND code IN ({codes})
) AS u
    ON (s.street >= 0 AND s.street = u.street) OR (s.ward >= 0 AND s.ward = u.ward)
    OR (s.easting_m - u.easting_m) * (s.easting_m - u.easting_m)
       + (s.northing_m - u.northing_m) * (s.northing_m - u.northing_m) <= {reach_m} * {reach_m}
