-- For the permitted records in the filter: how many there are of each combination of the columns asked for.
SELECT {columns}, count(*) AS many
FROM permitted_record
WHERE {filter}
GROUP BY {columns}
