-- The sites this decision permits. A site that is kept coarse has no name, reference, point or street.
SELECT id, class, feed, district, restricted, opened, closed,
       CASE WHEN {by_ward} THEN ward ELSE -1 END AS ward,
       CASE WHEN {precise} THEN kept ELSE 'area' END AS kept,
       CASE WHEN {precise} THEN name ELSE '' END AS name,
       CASE WHEN {precise} THEN ref ELSE '' END AS ref,
       CASE WHEN {precise} THEN easting_m END AS easting_m,
       CASE WHEN {precise} THEN northing_m END AS northing_m
FROM {site}
WHERE {permitted}
