-- Permitted points that many records share, those of most records first.
SELECT feed, easting_m, northing_m, records, share, near, looks_like, decision
FROM permitted_shared_point
ORDER BY records DESC, feed, easting_m, northing_m
