-- Units beyond those of the county that hold a permitted record, whatever else is asked of it.
SELECT DISTINCT {unit} AS unit
FROM permitted_record
WHERE {unit} >= {beyond} AND {filter}
