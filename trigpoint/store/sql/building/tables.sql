-- What is already counted, how deprived areas are, and which routes call where: current rows with the ids of this version.
CREATE TEMP TABLE area_named AS
SELECT level, code, any_value(id) AS id FROM (
    SELECT level, code, id FROM area
    UNION ALL SELECT level, lower(trim(name)), id FROM area
    WHERE (level, lower(trim(name))) IN (SELECT (level, lower(trim(name))) FROM area GROUP BY ALL HAVING count(*) = 1)
) GROUP BY level, code;

INSERT INTO total
SELECT
    t.feed, feed.agency, coalesce(category.id, -1), coalesce(t.theme_mask, 0),
    coalesce(t.area_level, 0), coalesce(coded.id, named.id, -1), coalesce(site.id, -1),
    CASE
        WHEN t.area_level = 1 THEN coalesce(coded.id, named.id, -1)
        WHEN coalesce(coded.id, named.id) IS NOT NULL THEN area.parent
        ELSE coalesce(site.district, -1)
    END,
    t.starts, t.ends, t."count", coalesce(t.suppressed, false), coalesce(t.rounded_to, 1)
FROM current_totals AS t
JOIN feed ON feed.id = t.feed
LEFT JOIN category ON category.feed = t.feed AND category.code = t.category
LEFT JOIN area_named AS coded ON coded.level = t.area_level AND coded.code = t.area_code
LEFT JOIN area_named AS named ON named.level = t.area_level AND named.code = lower(trim(t.area_name))
LEFT JOIN area ON area.level = t.area_level AND area.id = coalesce(coded.id, named.id)
LEFT JOIN (
    SELECT class, ref, min(id) AS id, any_value(district ORDER BY id) AS district FROM site GROUP BY class, ref
) AS site ON site.ref = t.site_ref AND site.class = t.site_class
WHERE t.starts IS NOT NULL AND t.ends IS NOT NULL
ORDER BY t.feed, t.delivery, t."row";

INSERT INTO deprivation
SELECT level, id, score, rank, decile, children_rank, children_decile
FROM (
    SELECT d.area_level AS level, coalesce(coded.id, named.id) AS id, d.*
    FROM current_deprivation AS d
    LEFT JOIN area_named AS coded ON coded.level = d.area_level AND coded.code = d.area_code
    LEFT JOIN area_named AS named ON named.level = d.area_level AND named.code = lower(trim(d.area_name))
)
WHERE id IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY level, id ORDER BY vintage DESC, delivery DESC, "row") = 1
ORDER BY level, id;

CREATE TEMP TABLE routed AS
SELECT row_number() OVER (ORDER BY feed, route, direction, delivery, "row") - 1 AS id, * FROM current_timetable;

INSERT INTO route
SELECT id, feed, route, coalesce(direction, 0), coalesce(name, ''), coalesce(mode, ''), coalesce(operator, ''), wkb
FROM routed ORDER BY id;

INSERT INTO route_stop
SELECT
    s.id, s.position, s.stop.ref, coalesce(s.stop.name, ''), s.stop.easting_m, s.stop.northing_m,
    coalesce(site.id, -1), s.stop.departures
FROM (
    SELECT id, unnest(stops) AS stop, generate_subscripts(stops, 1) - 1 AS position FROM routed
) AS s
LEFT JOIN (
    SELECT ref, min(id) AS id FROM site WHERE class IN ('bus_stop', 'station') GROUP BY ref
) AS site ON site.ref = s.stop.ref
ORDER BY s.id, s.position;
