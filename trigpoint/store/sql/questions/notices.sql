-- Permitted notices served by a day, in the place asked.
SELECT id, kind, status, basis, served_date, starts_date, ends_date, feed, district, ward, street,
       easting_m, northing_m, kept, coalesce(breaches, 0) AS breaches, last_breach_date
FROM permitted_notice
WHERE {filter}
ORDER BY served_date, id
