-- Permitted sites of the classes and in the place asked, open at some time in the period.
SELECT id, class, feed, ward, district, restricted, opened, closed, kept, name, ref, easting_m, northing_m
FROM permitted_site
WHERE {filter}
ORDER BY class, name, id
