-- The areas of a level, with their outlines.
SELECT id, code, name, parent, easting_m, northing_m, wkb
FROM {area}
WHERE level = {level}
ORDER BY id
