-- A site whose feed keeps only its district loses its point here; one without a point takes its postcode's.
SELECT
    s.class, coalesce(s.name, '') AS name, coalesce(s.ref, '') AS ref, s.restricted, s.opened, s.closed, s.feed,
    s.district_code, s.district_name,
    CASE WHEN s.kept = 'point' THEN coalesce(s.easting_m, p.easting_m) END AS easting_m,
    CASE WHEN s.kept = 'point' THEN coalesce(s.northing_m, p.northing_m) END AS northing_m
FROM current_sites AS s
LEFT JOIN (
    SELECT postcode, any_value(easting_m) AS easting_m, any_value(northing_m) AS northing_m
    FROM current_postcodes WHERE easting_m IS NOT NULL GROUP BY postcode
) AS p ON p.postcode = CASE WHEN s.easting_m IS NULL THEN s.postcode END
ORDER BY s.class, s.ref, s.feed, s.name, s.delivery, s.row
