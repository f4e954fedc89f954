-- For each permitted record in the filter: the unit it lies in at the level asked, -1 where it has none.
SELECT {unit} AS unit
FROM permitted_record
WHERE {filter}
