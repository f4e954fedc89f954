-- Which wording tells where a permitted record was. Its words are in no store.
SELECT s.number, s.digest
FROM {said} AS s JOIN ({permitted_record}) AS r ON r.number = s.number
