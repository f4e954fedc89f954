SELECT
    s.code, coalesce(s.name, '') AS name, coalesce(s.road_class, '') AS road_class, -1::INTEGER AS feed,
    s.start_junction, s.end_junction, s.town, s.wkb, true AS public, d.extracted_on
FROM current_streets AS s JOIN delivery AS d ON d.id = s.delivery
QUALIFY row_number() OVER (PARTITION BY s.code ORDER BY d.extracted_on DESC, d.received_at DESC, d.id DESC, s.row) = 1
ORDER BY s.code
