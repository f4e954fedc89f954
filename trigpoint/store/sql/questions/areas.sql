-- The areas of a level, without their outlines.
SELECT id, code, name, parent, ward, easting_m, northing_m
FROM {area}
WHERE level = {level}
ORDER BY id
