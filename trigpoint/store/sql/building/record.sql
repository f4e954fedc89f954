-- Categories that rows use and no delivery names get their code as a name, so that no row is lost to a join.
INSERT INTO category
SELECT
    (SELECT coalesce(max(id), -1) FROM category) + row_number() OVER (ORDER BY feed, category), category, category, feed
FROM (
    SELECT DISTINCT feed, category FROM staged_records
    UNION SELECT DISTINCT feed, category FROM staged_totals WHERE category IS NOT NULL
) AS used
ANTI JOIN category AS named ON named.feed = used.feed AND named.code = used.category;

INSERT INTO record
SELECT
    s.delivery::BIGINT * 4294967296 + s."row"::BIGINT * 64 AS number,
    s.delivery, s."row", feed.agency, s.feed, category.id, s.theme_mask, s.detection, s.grade, s.handling, s.marking,
    s.occurred_from, coalesce(s.occurred_to, s.occurred_from), s.utc_offset_min, s.time_precision,
    s.token, CASE WHEN s.token = 0 THEN -1 ELSE feed.agency END, s.token_window,
    s.delivery::BIGINT * 4294967296 + s."row"::BIGINT * 64 AS event,
    delivery.received_at, greatest(known.known_to, delivery.received_at)
FROM staged_records AS s
JOIN feed ON feed.id = s.feed
JOIN category ON category.feed = s.feed AND category.code = s.category
JOIN delivery ON delivery.id = s.delivery
JOIN known ON known.feed = s.feed AND known.version = s.version AND known.root = s.root
ORDER BY number;
