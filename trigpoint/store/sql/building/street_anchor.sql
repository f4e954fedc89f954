-- One anchor for each point (to the metre) and name. Its code is made of what it is, so that it stays the same.
WITH anchor AS (
    SELECT DISTINCT
        'at-' || floor(e.easting_m + 0.5)::INTEGER || '-' || floor(e.northing_m + 0.5)::INTEGER
        || '-' || left(md5(e.street_name), 6) AS anchor_code,
        e.street_name, e.easting_m, e.northing_m, feed.id AS feed_id, feed.open
    FROM entry AS e
    JOIN record_received AS r ON r.number = e.number
    JOIN feed ON feed.id = r.feed
    WHERE e.anchors AND NOT e.veiled AND e.easting_m IS NOT NULL AND e.street_name IS NOT NULL
)
SELECT
    anchor_code AS code, street_name AS name, '' AS road_class, min(feed_id)::INTEGER AS feed,
    NULL::VARCHAR AS start_junction, NULL::VARCHAR AS end_junction, NULL::VARCHAR AS town,
    avg(easting_m) AS easting_m, avg(northing_m) AS northing_m, bool_or(open) AS public,
    NULL::DATE AS extracted_on
FROM anchor
GROUP BY anchor_code, street_name
ORDER BY anchor_code
