-- Corrected records in pieces: `as_received` keeps each as its delivery told it, `record` and `withdrawn_record` hold
-- the pieces, and `record_received` is every record as its delivery told it, corrected or not.
CREATE TEMP TABLE piece AS SELECT * FROM pieces;

CREATE TEMP TABLE as_received AS
SELECT r.* FROM record AS r SEMI JOIN piece ON piece.base = r.number;

DELETE FROM record WHERE number IN (SELECT base FROM piece);

CREATE TEMP TABLE piece_record AS
SELECT
    p.number, r.delivery, r."row", r.agency, r.feed, r.category, r.theme_mask,
    CASE WHEN p.discovered THEN 2 ELSE r.detection END AS detection, r.grade,
    CASE WHEN p.confidential THEN 2 ELSE r.handling END AS handling, r.marking,
    r.occurred_from, r.occurred_to, r.utc_offset_min, r.time_precision, r.token, r.token_agency, r.token_window,
    p.number AS event, p.known_from, p.known_to, p.withdrawn
FROM piece AS p JOIN as_received AS r ON r.number = p.base;

INSERT INTO record SELECT * EXCLUDE (withdrawn) FROM piece_record WHERE NOT withdrawn ORDER BY number;

CREATE TEMP TABLE withdrawn_record AS
SELECT * EXCLUDE (withdrawn) FROM piece_record WHERE withdrawn ORDER BY number;

CREATE TEMP VIEW record_received AS
SELECT * FROM record ANTI JOIN piece USING (number) UNION ALL SELECT * FROM as_received;

-- The first claim whose role may be primary is the one that says where it happened: a correction is about that one.
CREATE TEMP TABLE open_claim AS
SELECT e.number AS base, min(e.claim_no) FILTER (e.role NOT IN (8, 9, 10)) AS claim_no, max(e.claim_no) AS last_no,
       arg_min(e.role, e.ordinal) FILTER (e.role NOT IN (8, 9, 10)) AS role
FROM entry AS e SEMI JOIN piece ON piece.base = e.number
GROUP BY e.number;

INSERT INTO entry BY NAME
SELECT e.* REPLACE (
    p.number AS number,
    CASE WHEN e.claim_no = o.claim_no THEN coalesce(p.role, e.role) ELSE e.role END AS role,
    e.veiled OR (e.claim_no = o.claim_no AND coalesce(p.role, 0) IN (8, 9)) AS veiled
)
FROM piece AS p
JOIN entry AS e ON e.number = p.base
JOIN open_claim AS o ON o.base = p.base
WHERE p.number <> p.base AND NOT (p.moved AND e.claim_no IS NOT DISTINCT FROM o.claim_no);

INSERT INTO entry BY NAME
SELECT
    p.number, r.feed, false AS anchors, 0 AS ordinal, coalesce(o.claim_no, o.last_no + 1, 1) AS claim_no,
    coalesce(p.role, 0) IN (8, 9) AS veiled, true AS decided,
    coalesce(p.role, o.role, 0)::TINYINT AS role, p.quality, 0::TINYINT AS candidate, 1::FLOAT AS weight,
    p.easting_m, p.northing_m, p.area_level, p.area_code
FROM piece AS p
JOIN as_received AS r ON r.number = p.base
LEFT JOIN open_claim AS o ON o.base = p.base
WHERE p.moved;
