-- Who permitted records are about, as dense numbers to count by: they mean nothing elsewhere and are in no answer.
SELECT number, agency, token_window, person
FROM {counted}
WHERE person >= 0 AND {permitted}
