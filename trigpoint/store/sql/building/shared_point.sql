-- Points that suspiciously many records of a feed share (never of anchors, which are shared by design), as they were
-- delivered: that one is corrected does not change what its neighbours are worth.
CREATE TEMP TABLE point_use AS
SELECT e.feed, floor(e.easting_m + 0.5)::INTEGER AS x, floor(e.northing_m + 0.5)::INTEGER AS y,
       count(DISTINCT e.number) AS records
FROM entry AS e JOIN record_received AS r ON r.number = e.number
WHERE e.easting_m IS NOT NULL AND NOT e.anchors AND e.role NOT IN (8, 9, 10)
  AND r.known_to = TIMESTAMP '9999-12-31 00:00:00'
GROUP BY ALL;

CREATE TEMP TABLE desk AS
SELECT name, class, easting_m, northing_m FROM site
WHERE class IN ('police_station', 'civic_centre') AND easting_m IS NOT NULL;

CREATE TEMP TABLE shared_mark AS
SELECT p.feed, p.x, p.y, p.records, p.records / f.placed AS share, coalesce(d.name, '') AS near,
       CASE WHEN d.class IS NULL THEN 'snap_point' ELSE 'default_address' END AS looks_like
FROM point_use AS p
JOIN (
    SELECT feed, sum(records) AS placed, quantile_cont(records, 0.99) AS usual FROM point_use GROUP BY feed
) AS f ON f.feed = p.feed
LEFT JOIN LATERAL (
    SELECT name, class FROM desk
    WHERE (desk.easting_m - p.x) ^ 2 + (desk.northing_m - p.y) ^ 2 <= $beside_m ^ 2
    ORDER BY (desk.easting_m - p.x) ^ 2 + (desk.northing_m - p.y) ^ 2, name LIMIT 1
) AS d ON true
WHERE (p.records >= $many AND p.records >= $share * f.placed AND p.records >= $times * f.usual)
   OR (d.class IS NOT NULL AND p.records >= $few);

CREATE TEMP TABLE shared_judged AS
SELECT m.*, coalesce(j.decision, '') AS decision
FROM shared_mark AS m LEFT JOIN point_judged AS j ON j.feed = m.feed AND j.x = m.x AND j.y = m.y
UNION ALL
SELECT j.feed, j.x, j.y, coalesce(p.records, 0), 0, '', 'snap_point', j.decision
FROM point_judged AS j LEFT JOIN point_use AS p ON p.feed = j.feed AND p.x = j.x AND p.y = j.y
ANTI JOIN shared_mark AS m ON m.feed = j.feed AND m.x = j.x AND m.y = j.y;

INSERT INTO shared_point
SELECT s.feed, s.x, s.y, s.records, s.share,
       CASE WHEN s.near <> '' THEN s.near ELSE coalesce(t.name, '') END, s.looks_like, s.decision
FROM shared_judged AS s
LEFT JOIN LATERAL (
    SELECT name FROM street
    WHERE name <> '' AND kind = 'segment' AND abs(easting_m - s.x) < 500 AND abs(northing_m - s.y) < 500
    ORDER BY (easting_m - s.x) ^ 2 + (northing_m - s.y) ^ 2, id LIMIT 1
) AS t ON true
ORDER BY s.feed, s.x, s.y;

-- A point that nobody has called real is no better than a snap point; a default address is no place of an event.
UPDATE entry SET
    quality = CASE WHEN s.decision = 'default' THEN 5 ELSE greatest(entry.quality, 4) END,
    role = CASE WHEN s.decision = 'default' THEN 10 ELSE entry.role END
FROM shared_judged AS s
WHERE entry.feed = s.feed AND entry.easting_m IS NOT NULL AND NOT entry.anchors AND NOT entry.decided
  AND entry.role NOT IN (8, 9, 10)
  AND floor(entry.easting_m + 0.5)::INTEGER = s.x AND floor(entry.northing_m + 0.5)::INTEGER = s.y
  AND s.decision <> 'real';
