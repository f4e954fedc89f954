-- A place is a distinct way in which entries say where.
CREATE TEMP TABLE place AS
SELECT row_number() OVER () - 1 AS place, *
FROM (
    SELECT DISTINCT
        anchors, veiled, easting_m, northing_m, site_class, site_ref, street_name, town, postcode,
        area_level, area_code, area_name, uprn, wording
    FROM entry
);
