-- As counts, and whether the record may take part in a test of hotspots.
SELECT {unit} AS unit, CASE WHEN {tested} THEN 1 ELSE 0 END AS tested
FROM permitted_record
WHERE {filter}
