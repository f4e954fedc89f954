-- Towns and named places.
SELECT id, name, easting_m, northing_m, radius_m, district
FROM {locality}
ORDER BY id
