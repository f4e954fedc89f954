-- The points that many records of a permitted feed share.
SELECT feed, easting_m, northing_m, records, share, near, looks_like, decision
FROM {shared_point}
WHERE {permitted}
