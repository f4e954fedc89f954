-- The wordings of the records selected, one row a record and wording.
SELECT number, digest
FROM permitted_said
WHERE number IN (SELECT number FROM permitted_record WHERE {filter})
ORDER BY number, digest
