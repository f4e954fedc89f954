-- An entry is one candidate of one claim; `decided` where somebody said that a record lies there.
CREATE TEMP TABLE entry AS
SELECT
    number, feed, anchors, ordinal,
    sum((one.candidate = 0)::INTEGER) OVER (PARTITION BY number ORDER BY ordinal) AS claim_no,
    one.role IN (8, 9) AS veiled, false AS decided,
    one.*
FROM (
    SELECT
        s.delivery::BIGINT * 4294967296 + s."row"::BIGINT * 64 AS number, s.feed, feed.anchors,
        unnest(s.claims) AS one, generate_subscripts(s.claims, 1) AS ordinal
    FROM staged_records AS s JOIN feed ON feed.id = s.feed
);
