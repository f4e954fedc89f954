-- An entry is one candidate of one claim; a place is a distinct way in which entries say where.
CREATE TEMP TABLE entry AS
SELECT
    number, feed, anchors, ordinal,
    sum((one.candidate = 0)::INTEGER) OVER (PARTITION BY number ORDER BY ordinal) AS claim_no,
    one.role IN (8, 9) AS veiled,
    one.*
FROM (
    SELECT
        s.delivery::BIGINT * 4294967296 + s."row" AS number, s.feed, feed.anchors,
        unnest(s.claims) AS one, generate_subscripts(s.claims, 1) AS ordinal
    FROM staged_records AS s JOIN feed ON feed.id = s.feed
);

CREATE TEMP TABLE place AS
SELECT row_number() OVER () - 1 AS place, *
FROM (
    SELECT DISTINCT
        anchors, veiled, easting_m, northing_m, site_class, site_ref, street_name, town, postcode,
        area_level, area_code, area_name, uprn, wording
    FROM entry
);
