-- One row for each version of each thing: in keyed feeds a thing is a key, elsewhere a scope and period.
CREATE TEMP TABLE version AS
SELECT dense_rank() OVER (ORDER BY feed, version) AS thing, feed, version, root
FROM (
    SELECT DISTINCT feed, version, root FROM staged_records
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_areas
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_lookup
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_postcodes
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_sites
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_streets
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_shapes
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_population
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_notices
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_totals
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_uprns
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_deprivation
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_timetable
    UNION ALL SELECT DISTINCT feed, version, root FROM staged_aliases
)
GROUP BY feed, version, root;
