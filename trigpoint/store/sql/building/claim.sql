CREATE TEMP TABLE candidate AS
SELECT
    e.number, e.claim_no, e.ordinal, e.role,
    CASE WHEN spot.quality > 0 THEN spot.quality ELSE e.quality END AS quality, (e.weight * spot.share)::FLOAT AS weight,
    spot.* EXCLUDE (share, quality)
FROM entry AS e
JOIN place AS p
    ON p.easting_m IS NOT DISTINCT FROM e.easting_m AND p.northing_m IS NOT DISTINCT FROM e.northing_m
    AND p.street_name IS NOT DISTINCT FROM e.street_name AND p.town IS NOT DISTINCT FROM e.town
    AND p.site_class IS NOT DISTINCT FROM e.site_class AND p.site_ref IS NOT DISTINCT FROM e.site_ref
    AND p.postcode IS NOT DISTINCT FROM e.postcode AND p.area_level IS NOT DISTINCT FROM e.area_level
    AND p.area_code IS NOT DISTINCT FROM e.area_code AND p.area_name IS NOT DISTINCT FROM e.area_name
    AND p.uprn IS NOT DISTINCT FROM e.uprn AND p.wording IS NOT DISTINCT FROM e.wording
    AND p.anchors = e.anchors AND p.veiled = e.veiled
JOIN spot ON spot.place = p.place;

-- The primary claim is the first whose role may be primary; home, placement and reporting-station never are.
CREATE TEMP TABLE foremost AS
SELECT number, min(claim_no) AS claim_no FROM candidate WHERE role NOT IN (8, 9, 10) GROUP BY number;

INSERT INTO claim
SELECT
    c.number, c.role, foremost.number IS NOT NULL, c.quality,
    row_number() OVER (PARTITION BY c.number, c.claim_no ORDER BY c.ordinal, c.place, c.turn) - 1,
    c.weight, c.cell_7, c.cell_8, c.cell_9, c.cell_10, c.street, c.ward, c.lsoa, c.district, c.locality,
    CASE WHEN c.street < 0 THEN 0 ELSE $street_vintage END,
    CASE WHEN c.ward < 0 THEN 0 ELSE $ward_vintage END,
    CASE WHEN c.lsoa < 0 THEN 0 ELSE $lsoa_vintage END,
    CASE WHEN c.district < 0 THEN 0 ELSE $district_vintage END,
    CASE WHEN c.cell_10 < 0 THEN 0 ELSE $cell_vintage END,
    c.site
FROM candidate AS c
LEFT JOIN foremost ON foremost.number = c.number AND foremost.claim_no = c.claim_no
ORDER BY c.number, c.claim_no, c.ordinal, c.place, c.turn;
