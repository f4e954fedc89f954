-- A record counts where one unit holds at least the placed share of its primary claim's candidate weight.
CREATE TEMP TABLE lone AS
SELECT record FROM claim WHERE "primary" GROUP BY record HAVING count(*) = 1;

CREATE TEMP TABLE counted_at AS
SELECT
    record, role, quality, district, ward, lsoa, street, locality, cell_7, cell_8, cell_9, cell_10
FROM claim SEMI JOIN lone USING (record)
WHERE "primary";

CREATE TEMP TABLE shared AS
SELECT record, level, unit
FROM (
    UNPIVOT (
        SELECT record, weight, district, ward, lsoa, street, locality, cell_7, cell_8, cell_9, cell_10
        FROM claim ANTI JOIN lone USING (record)
        WHERE "primary"
    ) ON district, ward, lsoa, street, locality, cell_7, cell_8, cell_9, cell_10 INTO NAME level VALUE unit
)
GROUP BY record, level, unit
HAVING unit >= 0 AND sum(weight) >= $placed_share - 1e-6;

INSERT INTO counted_at
SELECT
    c.record, any_value(c.role), any_value(c.quality),
    coalesce(max(s.unit) FILTER (s.level = 'district'), -1), coalesce(max(s.unit) FILTER (s.level = 'ward'), -1),
    coalesce(max(s.unit) FILTER (s.level = 'lsoa'), -1), coalesce(max(s.unit) FILTER (s.level = 'street'), -1),
    coalesce(max(s.unit) FILTER (s.level = 'locality'), -1), coalesce(max(s.unit) FILTER (s.level = 'cell_7'), -1),
    coalesce(max(s.unit) FILTER (s.level = 'cell_8'), -1), coalesce(max(s.unit) FILTER (s.level = 'cell_9'), -1),
    coalesce(max(s.unit) FILTER (s.level = 'cell_10'), -1)
FROM (SELECT record, role, min(quality) AS quality FROM claim ANTI JOIN lone USING (record) WHERE "primary" GROUP BY ALL) AS c
LEFT JOIN shared AS s ON s.record = c.record
GROUP BY c.record;

-- Dense ids of tokens, so that people are counted without a token being read. They mean nothing in another version.
CREATE TEMP TABLE person AS
SELECT token_agency, token_window, token, row_number() OVER (ORDER BY token_agency, token_window, token) - 1 AS person
FROM (SELECT DISTINCT token_agency, token_window, token FROM record_received WHERE token <> 0);

-- Rows that were never current (an older extract that came late) are kept in `record` and count at no instant.
CREATE TEMP VIEW counting AS
SELECT
    r.number, r.agency, r.feed, r.category, r.theme_mask, r.detection, r.grade, r.marking, r.handling,
    date_diff('day', DATE '1970-01-01', r.occurred_from::DATE) AS day,
    CASE WHEN r.time_precision = 0 THEN hour(r.occurred_from) ELSE -1 END AS hour,
    CASE WHEN r.time_precision = 2 THEN -1 ELSE isodow(r.occurred_from) - 1 END AS weekday,
    coalesce(u.role, -1) AS role, coalesce(u.quality, 5) AS quality, r.token, r.token_window, r.event,
    coalesce(p.person, -1) AS person, r.known_from, r.known_to,
    coalesce(u.district, -1) AS district, coalesce(u.ward, -1) AS ward, coalesce(u.lsoa, -1) AS lsoa,
    coalesce(u.street, -1) AS street, coalesce(u.locality, -1) AS locality, coalesce(u.cell_7, -1) AS cell_7,
    coalesce(u.cell_8, -1) AS cell_8, coalesce(u.cell_9, -1) AS cell_9, coalesce(u.cell_10, -1) AS cell_10, r.withdrawn
FROM (
    SELECT *, false AS withdrawn FROM record UNION ALL SELECT *, true AS withdrawn FROM withdrawn_record
) AS r
LEFT JOIN counted_at AS u ON u.record = r.number
LEFT JOIN person AS p ON p.token = r.token AND p.token_agency = r.token_agency AND p.token_window = r.token_window
WHERE r.known_to > r.known_from;

INSERT INTO counted
SELECT * EXCLUDE (withdrawn) FROM counting WHERE NOT withdrawn ORDER BY agency, category, day, number;

INSERT INTO withdrawn
SELECT * EXCLUDE (withdrawn) FROM counting WHERE withdrawn ORDER BY agency, category, day, number;

-- What was received is told as it was delivered: that records are corrected afterwards silences no feed.
INSERT INTO received
SELECT feed, district, year(occurred) * 100 + month(occurred), delivery, count(*)
FROM (
    SELECT r.feed, coalesce(u.district, -1) AS district, r.occurred_from AS occurred, r.delivery
    FROM record_received AS r LEFT JOIN counted_at AS u ON u.record = r.number
    WHERE r.known_to > r.known_from
)
GROUP BY ALL
ORDER BY ALL;

UPDATE delivery SET
    records = said.records,
    covers_from = said.first_day,
    covers_to = said.last_day + 1
FROM (
    SELECT
        delivery, count(*) AS records, min(occurred_from)::DATE AS first_day,
        max(CASE WHEN time_precision = 2 THEN last_day(occurred_from) ELSE occurred_from::DATE END) AS last_day
    FROM record_received GROUP BY delivery
) AS said
WHERE said.delivery = delivery.id;
