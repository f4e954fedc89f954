-- The notices this decision permits. One that is kept coarse has no point and no street.
SELECT id, kind, status, basis, served_date, starts_date, ends_date, feed, district, {breaches},
       CASE WHEN {by_ward} THEN ward ELSE -1 END AS ward,
       CASE WHEN {precise} THEN street ELSE -1 END AS street,
       CASE WHEN {precise} THEN easting_m END AS easting_m,
       CASE WHEN {precise} THEN northing_m END AS northing_m,
       CASE WHEN {precise} THEN 'point' WHEN {by_ward} THEN 'ward' ELSE 'district' END AS kept
FROM {notice}
WHERE {permitted}
