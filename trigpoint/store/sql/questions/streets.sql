-- Every street, or every anchor point where no street layer is loaded.
SELECT id, code, name, road_class, kind, feed, start_junction, end_junction, length_m, ward, district, locality,
       easting_m, northing_m
FROM {street}
ORDER BY id
