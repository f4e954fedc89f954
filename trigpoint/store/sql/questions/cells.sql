-- The cells of a resolution: those in the county first.
SELECT id, h3, in_county, ward, district, easting_m, northing_m, near
FROM {cell}
WHERE resolution = {resolution}
ORDER BY id
